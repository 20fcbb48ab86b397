"""Linking text by a language model that the operator runs (setting `analyses.language_model`).

It is asked over the OpenAI-compatible `POST /chat/completions`. What it writes is marked as such,
beside the quotations and never in their place; a model that fails or is slow is done without.
https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import msgspec

from fonds.analyses.synthesis.model import Model, ThemePart
from fonds.settings import LanguageModelSettings

_MOST_ANSWER = 1_000_000  # bytes
_MOST_TEXT = 900  # characters of one text
_TOKENS = 220
_THEMES = 12  # that a text is asked for, the largest first
_ASKED = {
    "fr": "Tu relies des citations dans une synthèse scientifique. En deux ou trois phrases en "
    "français, dis ce que ces phrases ont en commun et en quoi elles diffèrent. N'ajoute aucun "
    "fait, aucun chiffre, aucun nom qui n'y soit pas. Pas de liste, pas de titre.",
    "en": "You link quotations in a scientific synthesis. In two or three sentences in English, "
    "say what these sentences have in common and how they differ. Add no fact, figure or name "
    "that is not in them. No list, no heading.",
}


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message


class _Completion(msgspec.Struct, frozen=True):
    choices: tuple[_Choice, ...]


class NotWritten(Exception):
    """A text was not written; the message says why."""


class LanguageModel:
    """A language model behind an address."""

    def __init__(
        self, settings: LanguageModelSettings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._clock = clock

    def link(
        self, themes: tuple[ThemePart, ...], language: str
    ) -> tuple[tuple[ThemePart, ...], Model]:
        """Return themes with linking text, and how far that went; never raises."""
        end = self._clock() + self._settings.seconds
        written, failed, wrote = list(themes), "", 0
        for at, one in enumerate(themes[:_THEMES]):
            if not one.quotes:
                continue
            try:
                text = self._write(_said(one), language, end - self._clock())
            except NotWritten as error:
                failed = str(error)
                break  # the next one would wait as long
            written[at] = msgspec.structs.replace(one, written=text)
            wrote += 1
        return tuple(written), Model(self._settings.model, wrote, failed)

    def _write(self, said: str, language: str, seconds: float) -> str:
        if seconds <= 0:
            raise NotWritten(f"more than {self._settings.seconds:g} s")
        body = {
            "model": self._settings.model,
            "temperature": 0,
            "seed": 0,
            "max_tokens": _TOKENS,
            "messages": [
                {"role": "system", "content": _ASKED[language]},
                {"role": "user", "content": said},
            ],
        }
        request = urllib.request.Request(  # noqa: S310 - the operator's own setting
            self._settings.address.rstrip("/") + "/chat/completions",
            data=msgspec.json.encode(body),
            headers={"Content-Type": "application/json", **self._key()},
        )
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
                found = msgspec.json.decode(answer.read(_MOST_ANSWER), type=_Completion)
        except urllib.error.HTTPError as error:
            error.close()
            raise NotWritten(f"HTTP {error.code}") from error
        except TimeoutError as error:
            raise NotWritten(f"more than {self._settings.seconds:g} s") from error
        except (OSError, ValueError) as error:  # what it says is no answer, or nobody answers
            reason = getattr(error, "reason", error)
            raise NotWritten(str(reason)[:120] or type(error).__name__) from error
        text = (found.choices[0].message.content or "") if found.choices else ""
        text = " ".join(text.split())[:_MOST_TEXT]
        if not text:
            raise NotWritten("an empty answer")
        return text

    def _key(self) -> dict[str, str]:
        if not self._settings.key_file:
            return {}
        try:
            key = Path(self._settings.key_file).read_text("utf-8").strip()
        except OSError as error:
            raise NotWritten("its key file cannot be read") from error
        return {"Authorization": f"Bearer {key}"}


def _said(theme: ThemePart) -> str:
    quotes = "\n".join(f"- {one.text} ({one.source.authors} {one.source.year or ''})"
                       for one in theme.quotes)  # fmt: skip
    return f"{', '.join(theme.terms[:5])}\n{quotes}"
