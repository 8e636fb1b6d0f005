"""From what boto3 raises to one line that says what happened and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from botocore import exceptions as aws
from botocore.parsers import ResponseParserError

from extract.errors import CallFailed, CallTooLarge, ExtractError, ServiceError, TransientServiceError
from extract.planning.seeds import Model
from extract.providers.bedrock.wire import explain_proxy
from extract.replies.redact import redact

_LANDED = "What landed stays."
_BUSY_STATUSES = (500, 502, 503, 504)
_THROTTLED = re.compile(r"Throttl|TooManyRequests|RequestLimitExceeded|SlowDown")
_UNREACHABLE = (aws.EndpointConnectionError, aws.ConnectTimeoutError, aws.ProxyConnectionError, aws.SSLError)
_OPERATIONS = ("Converse", "InvokeModel")
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")
_LOST = (aws.ConnectionClosedError, aws.ResponseStreamingError, aws.HTTPClientError, ResponseParserError)


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """A refusal: which codes and words it comes with, and what to say to it."""

    kind: str
    codes: str
    words: str
    advice: str


_EXPIRED = (
    "the AWS credentials have expired. Renew them (such as: aws sso login, or a new key in AWS_BEARER_TOKEN_BEDROCK) "
    "and run the command again."
)
_NOT_ACCEPTED = (
    "AWS does not accept the credentials. Check them (aws sts get-caller-identity), and that the clock is right."
)
# The first rule that fits counts.
_RULES = (
    _Rule(
        kind="expired",
        codes=r"ExpiredToken\w*|RequestExpired",
        words="",
        advice=_EXPIRED,
    ),
    # A bearer token and some gateways say it in words alone.
    _Rule(
        kind="expired",
        codes=r"(?!Validation|Resource|InvalidSignature|SignatureDoes).*",
        words=r"\b(?:token|key|credentials?|session|login)\b.{0,60}\bexpired\b"
        r"|\bexpired (?:\w+ ){0,2}(?:token|key|credentials?|session)\b",
        advice=_EXPIRED,
    ),
    _Rule(
        kind="credentials",
        codes=r"UnrecognizedClient\w*|InvalidClientTokenId|MissingAuthenticationToken\w*|InvalidSignature\w*"
        r"|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature\w*|NotAuthorized\w*|RequestTimeTooSkewed"
        r"|RequestInTheFuture|Unauthorized\w*|OptInRequired|401",
        words="",
        advice=_NOT_ACCEPTED,
    ),
    _Rule(
        kind="credentials",
        codes=r"AccessDenied.*|Forbidden.*|403",
        words=r"api key|bearer token|authentication (?:failed|token)|security token|\bsignature\b",
        advice=_NOT_ACCEPTED,
    ),
    _Rule(
        kind="use case form",
        codes="FTUFormNotFilled|ResourceNotFound.*",
        words=r"use case|FTUForm",
        advice="Anthropic's use-case form is not filled in for this account. Submit it in the Bedrock console "
        "(Model catalog), wait some minutes, and run the command again.",
    ),
    _Rule(
        kind="retired",
        codes="ResourceNotFound.*|Validation.*|AccessDenied.*",
        words=r"end of its life|marked by provider as Legacy|deprecated|no longer (?:available|supported)",
        advice="{model} is retired, or closed to accounts that have not used it lately. {successor}",
    ),
    _Rule(
        kind="profile",
        codes="Validation.*",
        words=r"on-demand throughput|inference profile",
        advice="{model} can be called only through an inference profile. Use its id with the geography in front, "
        "such as --model us.{base} or --model global.{base}.",
    ),
    _Rule(
        kind="quota",
        codes="ServiceQuotaExceeded.*",
        words="",
        advice="the account's quota for {model} in {region} is used up, or 0. Ask for more under Service Quotas, "
        "or choose another model or region. {successor}",
    ),
    _Rule(
        kind="access",
        codes="AccessDenied.*|.*NotAuthorized.*|403",
        words="",
        advice="no access to {model} in {region}. Allow bedrock:InvokeModel for it, and enable the model for the "
        "account in the Bedrock console.",
    ),
    _Rule(
        kind="model",
        codes="ResourceNotFound.*|Validation.*|404",
        words=r"model identifier is invalid|not found|could not resolve|doesn.t exist|does not exist|isn.t supported"
        r"|not supported in this region",
        advice="{model} is not known in {region}: it may be retired, or not offered there. {successor}",
    ),
)
# What boto3 raises before anything is sent.
_LOCAL = (
    (
        (aws.NoCredentialsError, aws.NoAuthTokenError, aws.PartialCredentialsError),
        "credentials",
        "no complete AWS credentials were found. Set them (aws configure, AWS_PROFILE or "
        "AWS_BEARER_TOKEN_BEDROCK), or use --model bundled, which needs none.",
    ),
    (
        (aws.SSOError, aws.TokenRetrievalError, aws.LoginError),
        "expired",
        "the AWS login has expired, or was never made. Log in (aws sso login, with --profile where there are several) "
        "and run the command again.",
    ),
    (
        (aws.CredentialRetrievalError,),
        "credentials",
        "the AWS credentials could not be retrieved. Check the profile or role that gives them.",
    ),
    ((aws.ProfileNotFound,), "profile name", "AWS_PROFILE names a profile that the AWS configuration lacks."),
    (
        (aws.NoRegionError,),
        "region",
        "no AWS region is set. Set AWS_REGION, such as AWS_REGION=us-east-1, or a region in the profile.",
    ),
    (
        (aws.InvalidRegionError, aws.UnknownRegionError, aws.UnknownEndpointError, aws.EndpointProviderError),
        "region",
        "the AWS region {region!r} is none that Bedrock can be called in. Check AWS_REGION, AWS_DEFAULT_REGION and the "
        "profile's region.",
    ),
    (
        (aws.InvalidConfigError, aws.ConfigParseError, aws.ConfigNotFound, aws.UnknownCredentialError,
         aws.InvalidDefaultsMode, aws.InvalidProxiesConfigError),
        "configuration",
        "the AWS configuration cannot be used: {words}.",
    ),
)  # fmt: skip
_TOO_LONG = re.compile(
    r"input is too long|too many (?:input )?tokens in|context (?:length|window)|prompt is too long", re.I
)


def translate(error: Exception, model: Model, region: str) -> ExtractError:
    """Say in our words what boto3 has raised."""
    if isinstance(error, ExtractError):
        return error
    if isinstance(error, aws.ClientError):
        return _translate_client_error(error, model, region)
    if isinstance(error, aws.ReadTimeoutError):
        return CallTooLarge("ReadTimeout", "the reply took longer than read_timeout_seconds", may_be_billed=True)
    if isinstance(error, _UNREACHABLE):
        return _translate_unreachable(error, region)
    for kinds, kind, advice in _LOCAL:
        if isinstance(error, kinds):
            return ServiceError(kind, advice.format(region=region, words=_words(error)))
    if isinstance(error, ValueError) and str(error).startswith("Invalid endpoint"):
        return ServiceError(
            "endpoint", f"{_words(error)}. Check AWS_ENDPOINT_URL_BEDROCK_RUNTIME and AWS_ENDPOINT_URL."
        )
    if isinstance(error, _LOST):
        return CallFailed("LostReply", f"the connection broke: {_words(error)}", may_be_billed=True)
    return ServiceError("other", f"{type(error).__name__}: {_words(error)}. {_LANDED}")


def _translate_unreachable(error: Exception, region: str) -> ExtractError:
    cause = str(getattr(error, "kwargs", {}).get("error", ""))
    if refused := _TUNNEL.search(cause):
        return explain_proxy(int(refused[1]))
    if isinstance(error, aws.SSLError) and "CERTIFICATE_VERIFY_FAILED" in f"{error}{cause}":
        return ServiceError(
            "certificate",
            f"the certificate of the endpoint in {region} is not trusted, as where a proxy reads along. Put the path "
            f"of the network's certificates in AWS_CA_BUNDLE. ({_words(error)})",
        )
    return TransientServiceError("Unreachable", f"the endpoint in {region} cannot be reached: {_words(error)}")


def _translate_client_error(error: aws.ClientError, model: Model, region: str) -> ExtractError:
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = str(error.response.get("Error", {}).get("Message", ""))
    metadata = error.response.get("ResponseMetadata", {})
    status = metadata.get("HTTPStatusCode", 0)
    if code.startswith("ModelTimeout") or status == 408 or _TOO_LONG.search(message):
        return CallTooLarge(code, f"the batch is too large: {redact(message)}")
    if status == 429 or _THROTTLED.search(code):
        wait = _read_seconds(metadata.get("HTTPHeaders", {}))
        return TransientServiceError(code, f"throttled: {redact(message)}", is_throttled=True, retry_after=wait)
    if status in _BUSY_STATUSES or code.startswith("ModelError"):
        return TransientServiceError(code, f"{code}: {redact(message)}")
    refusal = explain(code, message, model, region)
    if error.operation_name in _OPERATIONS or refusal.kind == "expired":
        return refusal
    return ServiceError(
        "credentials",
        f"the AWS credentials could not be retrieved: {error.operation_name} was refused. Check the profile or role "
        f"that gives them. (AWS says: {_shorten(message)})",
    )


def explain(code: str, message: str, model: Model, region: str) -> ServiceError:
    """Explain a refusal that no retry would change."""
    name = redact(model.alias or model.model_id)
    successor = f"Its successor is --model {model.successor}." if model.successor else ""
    for rule in _RULES:
        if re.fullmatch(rule.codes, code) and re.search(rule.words, message, re.I):
            advice = rule.advice.format(model=name, region=region, successor=successor, base=redact(model.model_id))
            return ServiceError(rule.kind, f"{advice.strip()} (AWS says: {_shorten(message)})")
    return ServiceError("request", f"{name} refuses the request: {code}: {_shorten(message)}. {_LANDED}")


def _read_seconds(headers: dict[str, str]) -> float:
    value = headers.get("retry-after") or headers.get("x-amz-retry-after") or ""
    return float(value) if re.fullmatch(r"\d+(\.\d+)?", value) else 0.0


def _words(error: Exception) -> str:
    return _shorten(str(error))


def _shorten(text: str) -> str:
    return redact(" ".join(text.split()))[:300].rstrip(". ")
