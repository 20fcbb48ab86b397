"""`fonds check`: every byte of the archive."""

from __future__ import annotations

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """Verify every byte of every pack, and that the catalogue knows them all."""
    from fonds.archive.checked import note_check  # noqa: PLC0415
    from fonds.archive.fixity import check  # noqa: PLC0415
    from fonds.cli.output import megabytes, print_json, print_line  # noqa: PLC0415
    from fonds.cli.waiting import waiting  # noqa: PLC0415
    from fonds.errors import ArchiveDamaged, HomeNotFound  # noqa: PLC0415

    if not (home / "archive").is_dir():
        raise HomeNotFound(home=home)
    with waiting("checking", quiet=as_json) as progress:
        report = check(home, progress)
    note_check(home, report)
    if as_json and not report.damages:
        print_json(report)
    if report.damages:
        for damage in report.damages:
            print_line(f"{damage.pack}: {damage.where}: {damage.reason}")
        first = report.damages[0]
        raise ArchiveDamaged(
            count=len(report.damages), where=f"{first.pack}: {first.where}", reason=first.reason
        )
    if not as_json:
        print_line(
            f"All is as it was written: {report.packs} packs, {report.members:,} files, "
            f"{megabytes(report.bytes)}, {report.documents:,} documents."
        )
