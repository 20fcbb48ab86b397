"""OCR of scans and unreadable text layers, by tesseract where it is installed."""
