"""Failures in words: one line, exit code 1, what landed stays."""

from __future__ import annotations

import json

import pytest
from botocore import exceptions as aws

from tests.provider.conftest import Extract
from tests.provider.server import BedrockServer

NO_CONVERSE = "This action doesn't support the model that you provided. Try again with a supported model."
EXPIRED = "The security token included in the request is expired"
REFUSED = [
    (403, "ExpiredTokenException", EXPIRED, "credentials have expired. Renew them"),
    (403, "ExpiredToken", EXPIRED, "credentials have expired. Renew them"),
    (403, "AccessDeniedException", "Bearer Token has expired", "credentials have expired. Renew them"),
    (401, "UnauthorizedException", "Session token not found or expired", "credentials have expired. Renew them"),
    (401, "UnauthorizedException", "No.", "AWS does not accept the credentials"),
    (
        403,
        "AccessDeniedException",
        "Authentication failed: Please make sure your API Key is valid.",
        "AWS does not accept the credentials",
    ),
    (403, "RequestTimeTooSkewed", "The difference is too large.", "that the clock is right"),
    (403, "UnrecognizedClientException", "The security token is invalid.", "AWS does not accept the credentials"),
    (403, "InvalidSignatureException", "Signature expired", "that the clock is right"),
    (
        403,
        "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/eve is not authorized to perform: bedrock:InvokeModel",
        "no access to mistral-7b in us-east-1. Allow bedrock:InvokeModel",
    ),
    (
        404,
        "ResourceNotFoundException",
        "This model version has reached the end of its life. Please refer to the AWS documentation.",
        "mistral-7b is retired, or closed to accounts that have not used it lately. Its successor is --model "
        "ministral-3-3b",
    ),
    (
        404,
        "ResourceNotFoundException",
        "Access denied. This Model is marked by provider as Legacy and you have not been actively using the "
        "model in the last 30 days.",
        "Its successor is --model ministral-3-3b",
    ),
    (404, "ResourceNotFoundException", "Model use case details have not been submitted.", "use-case form"),
    (400, "ValidationException", "The provided model identifier is invalid.", "is not known in us-east-1"),
    (
        400,
        "ValidationException",
        "Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or "
        "ARN of an inference profile that contains this model.",
        "only through an inference profile. Use its id with the geography in front, such as --model us.mistral.",
    ),
    (400, "ServiceQuotaExceededException", "Quota", "quota for mistral-7b in us-east-1 is used up, or 0"),
    (400, "ValidationException", "Something else is wrong", "refuses the request: ValidationException"),
]


@pytest.mark.parametrize(("status", "code", "message", "words"), REFUSED)
def test_a_refusal_is_one_line_that_says_what_to_do(
    status: int, code: str, message: str, words: str, server: BedrockServer, extract: Extract
) -> None:
    server.behaviour.refusal = (status, code, message)

    ran = extract("users", "--test", "--model", "mistral-7b")

    error = ran.err.splitlines()[-1]
    assert ran.code == 1
    assert error.startswith("error: ") and words in error
    assert "Traceback" not in ran.err and "123456789012" not in ran.err + ran.out
    # The warning before the first call, and the error; no receipt of nothing.
    assert ran.err.count("\n") == 2 and ran.out == ""


def test_a_quota_of_zero_throttles_every_call(
    server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_FIRST_ANSWER_SECONDS", "0.5")
    server.behaviour.throttle = 1.0

    ran = extract("users", "--test", "--model", "nova-micro")

    assert ran.code == 1
    assert "quota for nova-micro in us-east-1 is used up, or 0. Ask for more under Service Quotas" in ran.err


def test_no_credentials(server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    ran = extract("users", "--test", "--model", "nova-micro")

    assert (ran.code, server.calls) == (1, [])
    assert "no complete AWS credentials were found" in ran.err and "--model bundled" in ran.err


def test_no_region(server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")

    ran = extract("users", "--test", "--model", "nova-micro")

    assert (ran.code, ran.err) == (
        1,
        "error: no AWS region is set. Set AWS_REGION, such as AWS_REGION=us-east-1, or a region in the profile.\n",
    )


def test_no_such_profile(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")

    ran = extract("users", "--test", "--model", "nova-micro")

    assert (ran.code, ran.err) == (1, "error: AWS_PROFILE names a profile that the AWS configuration lacks.\n")


@pytest.mark.parametrize("value", ["", "  "])
@pytest.mark.parametrize("names", [["AWS_REGION"], ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"]])
def test_an_empty_variable_is_none(
    names: list[str], value: str, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in names:
        monkeypatch.setenv(name, value)

    ran = extract("users", "--test", "--model", "nova-micro")

    assert (ran.code, server.calls) == (1, [])
    assert ran.err.startswith("error: no AWS region is set. Set AWS_REGION") and ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "name",
    [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_DEFAULT_REGION", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL",
        "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK", "AWS_DEFAULTS_MODE", "AWS_METADATA_SERVICE_TIMEOUT",
    ],
)  # fmt: skip
def test_no_other_empty_variable_is_in_the_way(
    name: str, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "")

    assert extract("venues", "--test", "--model", "nova-micro").code == 0


@pytest.mark.parametrize("region", ["us_east_1", "Frankfurt (Germany)", "us-east-1."])
def test_a_region_that_can_be_none_is_named(
    region: str, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_REGION", region)

    ran = extract("users", "--test", "--model", "nova-micro")

    assert ran.code == 1
    assert f"the AWS region '{region}' is none that Bedrock can be called in. Check AWS_REGION" in ran.err


def test_a_region_that_nobody_knows_is_named_with_the_nearest(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_REGION", "us-eats-1")

    ran = extract("users", "--test", "--model", "nova-micro")

    assert ran.code == 1
    assert "the endpoint in us-eats-1 cannot be reached" in ran.err
    assert "Bedrock is not known in a region 'us-eats-1'; did you mean us-east-1?" in ran.err


PAGE = b"<!DOCTYPE html>\n<html><head><title>Blocked &lt;by&gt; policy</title></head><body><h1>No</h1></body></html>"
PAGES = {
    "403": (403, "text/html", PAGE),
    "403 of no type": (403, "application/octet-stream", b"  " + PAGE),
    "200": (200, "text/html; charset=utf-8", PAGE),
    "302": (302, "text/html", PAGE),
    "404": (404, "text/html", PAGE),
    "bytes": (403, "text/html", b"\xff\xfe<html>"),
    "words": (403, "text/plain", b"Forbidden by policy"),
    "407": (407, "text/plain", b""),
}


@pytest.mark.parametrize("converse", [True, False])
@pytest.mark.parametrize("page", PAGES)
def test_a_proxy_that_answers_is_told_without_its_page(
    page: str, converse: bool, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = (400, "application/json", json.dumps({"message": NO_CONVERSE, "__type": "ValidationException"}).encode())
    server.behaviour.raw = [*([] if converse else [refused]), PAGES[page]]

    ran = extract("users", "--test", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 1
    assert f"error: a proxy answered in the place of Amazon Bedrock (HTTP {PAGES[page][0]}" in ran.err
    assert "HTTPS_PROXY" in ran.err
    assert "<" not in ran.err + ran.out and ran.err.count("\n") == 1
    assert ("Blocked by policy" in ran.err) == (PAGE in PAGES[page][2])


def test_a_refusal_without_a_code_is_told_by_its_words(server: BedrockServer, extract: Extract) -> None:
    server.behaviour.raw = [(403, "application/json", b'{"Message":"Bearer Token has expired"}')]

    ran = extract("users", "--test", "--model", "nova-micro")

    assert ran.code == 1 and ran.err.startswith("error: the AWS credentials have expired. Renew them")


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_proxy_that_is_busy_is_asked_again_and_told_when_it_stays_so(
    status: int, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTHUB_FIRST_ANSWER_SECONDS", "0.5")
    server.behaviour.raw = [(status, "text/html", PAGE)]

    ran = extract("users", "--test", "--model", "nova-micro", "--concurrency", "1")

    assert ran.code == 1 and len(server.calls) > 1
    assert f"last: a proxy answered in the place of Amazon Bedrock (HTTP {status}, 'Blocked by policy')" in ran.err
    assert "<" not in ran.err


LOCAL: list[tuple[Exception, str]] = [
    (aws.UnauthorizedSSOTokenError(), "the AWS login has expired, or was never made. Log in (aws sso login"),
    (aws.SSOTokenLoadError(error_msg="Token for x does not exist"), "the AWS login has expired"),
    (aws.TokenRetrievalError(provider="sso", error_msg="Token has expired"), "the AWS login has expired"),
    (aws.NoCredentialsError(), "no complete AWS credentials were found"),
    (aws.PartialCredentialsError(provider="env", cred_var="x"), "no complete AWS credentials were found"),
    (aws.CredentialRetrievalError(provider="process", error_msg="x"), "could not be retrieved"),
    (aws.ProfileNotFound(profile="x"), "AWS_PROFILE names a profile that the AWS configuration lacks"),
    (aws.NoRegionError(), "no AWS region is set"),
    (aws.EndpointProviderError(msg="x"), "the AWS region 'us-east-1' is none that Bedrock can be called in"),
    (aws.ConfigParseError(path="/x"), "the AWS configuration cannot be used: Unable to parse config file"),
    (aws.SSLError(endpoint_url="https://x", error="[SSL: CERTIFICATE_VERIFY_FAILED]"), "AWS_CA_BUNDLE"),
    (
        aws.ProxyConnectionError(proxy_url="http://p", error="Tunnel connection failed: 407 Proxy Authentication"),
        "a proxy answered in the place of Amazon Bedrock (HTTP 407): it wants a user and a password",
    ),
    (
        aws.ProxyConnectionError(proxy_url="http://p", error="Tunnel connection failed: 403 Forbidden"),
        "a proxy answered in the place of Amazon Bedrock (HTTP 403)",
    ),
    (
        aws.ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRole"),
        "the AWS credentials could not be retrieved: AssumeRole was refused",
    ),
    (
        aws.ClientError({"Error": {"Code": "ExpiredToken", "Message": EXPIRED}}, "AssumeRole"),
        "the AWS credentials have expired",
    ),
]


@pytest.mark.parametrize(("error", "words"), LOCAL, ids=[type(error).__name__ for error, _ in LOCAL])
def test_what_boto3_raises_by_itself_is_said_in_our_words(
    error: Exception, words: str, server: BedrockServer, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("extract.providers.bedrock.provider.ask", fail)

    ran = extract("users", "--test", "--model", "nova-micro")

    assert ran.code == 1
    assert words in ran.err and ran.err.count("\n") == 1


@pytest.mark.parametrize("address", ["nonsense", "http://", "ftp://bedrock.example"])
def test_an_endpoint_that_is_no_address(address: str, extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", address)

    ran = extract("users", "--test", "--model", "nova-micro")

    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert f"Invalid endpoint: {address}. Check AWS_ENDPOINT_URL_BEDROCK_RUNTIME" in ran.err


def test_an_endpoint_that_cannot_be_reached(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://127.0.0.1:9")

    ran = extract("users", "--test", "--model", "nova-micro")

    assert ran.code == 1
    assert "cannot be reached" in ran.err and "Check network, AWS_REGION and AWS_ENDPOINT_URL" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("model", "warning"),
    [
        ("claude-3-sonnet", "a retired model (since 2026-07-30); its successor is --model claude-haiku-4-5"),
        ("titan-lite", "titan-lite is a retired model; its successor is --model nova-micro"),
        ("llama3-8b", "a legacy model (ends 2027-03-30); its successor is --model llama3-1-8b"),
    ],
)
def test_a_model_on_its_way_out_is_warned_of_and_tried(
    model: str, warning: str, server: BedrockServer, extract: Extract
) -> None:
    ran = extract("venues", "--test", "--model", model)

    assert ran.code == 0
    assert warning in ran.err and len(server.answered) == 1


def test_a_live_model_is_not_warned_of(server: BedrockServer, extract: Extract) -> None:
    assert extract("venues", "--test", "--model", "nova-micro").err == ""


def test_what_landed_before_a_refusal_stays(server: BedrockServer, extract: Extract, raw_dir) -> None:  # type: ignore[no-untyped-def]
    server.behaviour.first = [None, None, (403, "ExpiredTokenException", EXPIRED)]

    broken = extract("users", "--count", "users=200", "--model", "nova-micro", "--concurrency", "1")
    landed = (raw_dir / "records" / "users.jsonl").read_bytes()
    resumed = extract("users", "--model", "nova-micro")

    assert (broken.code, resumed.code) == (1, 0)
    assert landed.count(b"\n") == 100
    assert (raw_dir / "records" / "users.jsonl").read_bytes().startswith(landed)
    assert "(100 new, 2 calls" in resumed.out


def test_no_account_id_reaches_the_landing(server: BedrockServer, extract: Extract, raw_dir) -> None:  # type: ignore[no-untyped-def]
    arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-micro-v1:0"

    assert extract("users", "--test", "--model", arn).code == 0

    for path in raw_dir.rglob("*"):
        assert path.is_dir() or b"123456789012" not in path.read_bytes()
