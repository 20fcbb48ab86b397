"""What can be found wrong with a delivered file: every code with its meaning and what to do.

Codes are never reused; `docs/reference/errors.md` is generated from this table.
"""

from __future__ import annotations

# code -> (meaning, what the operator can do). Set aside = kept in the archive, not a document.
FINDINGS: dict[str, tuple[str, str]] = {
    "format-not-read": (
        "No reader recognises the format of this file.",
        "Install a reader for it, then load the delivery again.",
    ),
    "xml-malformed": (
        "The XML is not well formed and could not be repaired.",
        "Ask the publisher for a corrected file; the place is given.",
    ),
    "xml-repaired": (
        "The XML is not well formed; it was read by repairing it.",
        "Compare the document with the publisher's file at the given place.",
    ),
    "xml-hostile": (
        "The XML expands entities beyond the limit or asks for external files.",
        "Do not open it with other tools; ask the sender what it is.",
    ),
    "xml-encoding": (
        "The bytes do not agree with the declared encoding.",
        "Ask the publisher for a corrected file.",
    ),
    "xml-empty": ("The file has no content.", "Ask the publisher to send it again."),
    "enrichment-failed": (
        "An enrichment could not deal with this document; its others were made.",
        "Report the sentence; fonds enrich --failed tries again.",
    ),
    "enrichment-timeout": (
        "An enrichment took longer for this document than the limit.",
        "Raise enrich.document_seconds in fonds.toml, then fonds enrich --failed.",
    ),
    "enrichment-memory": (
        "An enrichment needed more memory for this document than the limit.",
        "Raise enrich.worker_memory_bytes in fonds.toml, then fonds enrich --failed.",
    ),
    "model-unreadable": (
        "The model of an enrichment cannot be read: the file is damaged, or of another kind.",
        "Train it again (fonds enrich train NAME) or delete the file: the bundled one serves; "
        "then fonds enrich --failed.",
    ),
    "grobid-failed": (
        "The GROBID server that enrich.grobid names did not answer as one.",
        "Start it, or mend enrich.grobid in fonds.toml, then fonds enrich --failed.",
    ),
    "table-unreadable": (
        "A table of journals that enrich.categories names cannot be used.",
        "Mend the file or the setting, then fonds enrich --failed.",
    ),
    "ocr-not-installed": (
        "Its text can only be seen, and tesseract is not installed here.",
        "Install tesseract-ocr with the languages you need, then fonds enrich ocr --failed.",
    ),
    "ocr-nothing": (
        "No word was recognised on any page.",
        "Look at the PDF: it may hold no text, or the language may not be installed.",
    ),
    "enrichment-killed": (
        "The process that enriched this document was killed, twice.",
        "Look for what killed it (memory, a fault in a library), then fonds enrich --failed.",
    ),
    "no-title": (
        "The document has neither title nor identifier, nor authors, text or references.",
        "Ask the publisher.",
    ),
    "title-missing": (
        "The document has no title where its format says it; it was loaded without it.",
        "Ask the publisher; a corrected delivery makes a new version.",
    ),
    "no-document": (
        "The record describes copies (MARC holdings) or a name (authority), not a document.",
        "Nothing: the documents' own records say what they are.",
    ),
    "record-damaged": (
        "A record of the file is damaged beyond reading; the others were read.",
        "Ask the sender for the record at the given byte.",
    ),
    "record-repaired": (
        "A record of the file is damaged; it was read as far as it goes.",
        "Compare the document with the record at the given byte.",
    ),
    "file-too-large": (
        "The description is larger than what is read at once.",
        "Split it at the sender's, or raise limits.xml_bytes in fonds.toml.",
    ),
    "file-unreadable": ("The file could not be read from disk.", "Mend permissions or the disk."),
    "file-empty": ("The file has zero bytes.", "Ask the publisher to send it again."),
    "belongs-to-rejected": (
        "The document this file belongs to was set aside.",
        "Mend the document; this file comes with it.",
    ),
    "file-unclaimed": (
        "Nothing that a reader knows, and no document of its folder has its name.",
        "Nothing, if it is a list or a note; else send it under its document's name.",
    ),
    "delivery-description": (
        "It describes a delivery or an issue.",
        "Nothing: what it says stands in the documents.",
    ),
    "delivery-list": (
        "A list of files or checksums; everything it names is there and agrees.",
        "Nothing.",
    ),
    "list-incomplete": (
        "Files that a list of the delivery names did not come.",
        "Ask the sender for the named files.",
    ),
    "checksum-mismatch": (
        "A file does not have the checksum that a list of the delivery states.",
        "Ask the sender to send the named file again.",
    ),
    "archive-damaged": (
        "The ZIP or TAR, or a file in it, is damaged.",
        "Ask the publisher to send it again.",
    ),
    "archive-unsafe": (
        "A member of the archive would be written outside its folder, or is a link or device.",
        "Ask the sender what it is; the member was not unpacked.",
    ),
    "archive-bomb": (
        "The archive unpacks to more than the limits allow.",
        "Raise limits.archive_* in fonds.toml if this delivery is meant.",
    ),
    "archive-nesting": (
        "Archives are nested deeper than the limit.",
        "Raise limits.archive_depth in fonds.toml if this delivery is meant.",
    ),
    "archive-encrypted": ("The archive is encrypted.", "Ask the publisher for the password."),
    "pdf-damaged": ("The PDF cannot be opened.", "Ask the publisher for a corrected file."),
    "pdf-encrypted": ("The PDF needs a password.", "Ask the publisher for an open file."),
    "pdf-timeout": ("Reading the PDF took too long.", "Raise limits.pdf_seconds if it is meant."),
    "pdf-crashed": ("The PDF killed its reader.", "Its text is missing; the file itself is kept."),
    "pdf-alone": (
        "A PDF came without metadata.",
        "Send the publisher's XML with it, under the same name.",
    ),
    "pdf-no-text": ("The PDF is a scan without text.", "OCR it, or wait for the OCR enrichment."),
    "doi-invalid": ("The DOI is not one.", "The publisher's value is kept beside."),
    "doi-shared": (
        "Another document of the collection, with another title or format, has this DOI.",
        "Compare the two; both are kept, and linked.",
    ),
    "identity-shared": (
        "Another document of the collection has this identifier.",
        "Compare the two.",
    ),
    "same-work": (
        "Another document of the archive is the same work; both are kept, and linked.",
        "See fonds duplicates; its --unlink undoes a link that is wrong.",
    ),
    "version-of-other-file": (
        "A file of another name has this identifier and title; it became a new version.",
        "Compare the two; the earlier version is kept.",
    ),
    "metadata-derived": (
        "The document came without metadata; what is known of it was taken from its text.",
        "Send a record with it, under the same name.",
    ),
    "completed": (
        "Values that the delivery lacked were taken from a record of the same work.",
        "See completedFrom in the record; fonds duplicates --unlink takes them out again.",
    ),
    "completion-undone": (
        "Values taken from a record were taken out again.",
        "Nothing; fonds duplicates --link puts them back.",
    ),
    "date-implausible": ("The year lies outside 1400 to next year.", "The value was not used."),
    "reader-failed": ("The reader failed on this file.", "Report it with the file."),
}
