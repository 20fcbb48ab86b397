"""The files a synthesis is taken home as: HTML, PDF, Markdown."""
