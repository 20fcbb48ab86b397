"""Pictures as SVG, drawn from numbers alone: the same numbers give the same bytes."""
