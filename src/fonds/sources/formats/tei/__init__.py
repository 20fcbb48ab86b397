"""TEI P5 of every source: early books, journals, repositories, tools."""
