from __future__ import annotations

import pytest

from extract.replies.redact import redact

SECRETS = [
    ("arn:aws:iam::123456789012:user/eve", "123456789012"),
    ("key AKIAIOSFODNN7EXAMPLE was used", "AKIAIOSFODNN7EXAMPLE"),
    ("token ABSKabcdefghijklmnop1234==", "ABSKabcdefghijklmnop1234"),
    ("https://x.amazonaws.com/a?X-Amz-Signature=abc&X-Amz-Credential=def", "abc&X"),
    ("Authorization: Bearer abc.def.ghi", "abc.def.ghi"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_secrets_are_masked(text: str, secret: str) -> None:
    assert secret not in redact(text)


@pytest.mark.parametrize(
    "text", ["anthropic.claude-3-haiku-20240307-v1:0", "1,234,567 tokens", "http://127.0.0.1:8080/model/x/converse"]
)
def test_everything_else_stays(text: str) -> None:
    assert redact(text) == text


def test_keys_of_the_environment_are_masked_wherever_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "short")

    assert redact("got wJalrXUtnFEMI/K7MDENG, in short") == "got <secret>, in short"
