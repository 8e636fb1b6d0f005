"""A local server that speaks the Bedrock Runtime wire, with faults on demand; run it as a module to try it."""

from __future__ import annotations

import argparse
import json
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from tests.provider.malformed import ALL
from tests.provider.wire import (
    detect_family,
    find_bad_key,
    find_limit,
    find_structure_problem,
    find_tool_input,
    read_native,
    write_converse,
    write_native,
)
from tests.provider.writer import Writer, read_entity

CORAL = "http://internal.amazon.com/coral/com.amazon.bedrock/"
NO_SYSTEM = (
    "This model doesn't support system messages. Try again without a system message or use a model that "
    "supports system messages."
)
# How long a server that is told to end may go on before it looks: hundreds of tests wait for one.
SHUTDOWN_SECONDS = 0.002
OUTPUT_LIMITS = {"llama": 2048, "titan": 4096, "mistral": 8192, "anthropic": 8192, "nova": 5000}


@dataclass
class Behaviour:
    """What the server does; shares are of all calls. Change it while it runs.

    Attributes:
        refusal: status, code and message that every call gets.
        first: answers to the first calls, in order, each like `refusal` or None for a normal one.
        rate: calls a second that are let through, with `burst` saved up at most.
        replies: verbatim reply texts, in order, instead of what the writer writes.
        stop_reason: instead of the true one.
        family: of every model, for ids that do not tell it.
        tools: whether models that have tools take them here.
        cuts: whether a reply ends at the limit that the call sets.
        raw: what the first calls get word for word, as status, content type and body; the last one stays.
        body: the body of every reply, instead of what the writer writes.
        bodies: the bodies of the first replies, in order, instead of what the writer writes.
        garble: makes the text of a reply of an entity's records, by a source of chance.
    """

    throttle: float = 0.0
    error: float = 0.0
    malformed: float = 0.0
    cut: float = 0.0
    timeout: float = 0.0
    repeat: float = 0.0
    latency: float = 0.0
    rate: float | None = None
    burst: float = 20.0
    refusal: tuple[int, str, str] | None = None
    first: list[tuple[int, str, str] | None] = field(default_factory=list)
    converse: bool = True
    family: str = ""
    tools: bool = True
    replies: list[str] = field(default_factory=list)
    stop_reason: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    outage_until: float = 0.0
    seed: int = 0
    cuts: bool = True
    raw: list[tuple[int, str, bytes]] = field(default_factory=list)
    body: dict[str, Any] | None = None
    bodies: list[dict[str, Any]] = field(default_factory=list)
    garble: Callable[[str, list[dict[str, Any]], random.Random], str] | None = None


@dataclass
class Call:
    """One request that the server got, and the status it answered with."""

    model: str
    operation: str
    body: dict[str, Any]
    status: int = 0
    at: float = 0.0


class BedrockServer:
    """The server in a thread of its own, on a port of its own."""

    def __init__(self, behaviour: Behaviour | None = None, port: int = 0) -> None:
        self.behaviour = behaviour or Behaviour()
        self.calls: list[Call] = []
        self.most_in_flight = self._in_flight = 0
        self.lock = threading.Lock()
        self.random = random.Random(self.behaviour.seed)
        self.writer = Writer(self.behaviour.seed, self.behaviour.repeat)
        self._tokens, self._filled_at = self.behaviour.burst, time.monotonic()
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.bedrock = self
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> BedrockServer:
        threading.Thread(target=self._http.serve_forever, args=(SHUTDOWN_SECONDS,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def answered(self) -> list[Call]:
        return [call for call in self.calls if call.status == 200]

    @contextmanager
    def count_in_flight(self) -> Iterator[None]:
        """Keep the record of how many calls were thought about at once."""
        with self.lock:
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            yield
        finally:
            with self.lock:
                self._in_flight -= 1

    def choose_fault(self) -> tuple[int, str, str] | None:
        """Choose what goes wrong with the next call, if anything."""
        with self.lock:
            b = self.behaviour
            if b.first:
                return b.first.pop(0)
            if b.refusal:
                return b.refusal
            if time.monotonic() < b.outage_until:
                return 503, "ServiceUnavailableException", "Service unavailable"
            if not self._is_within_rate():
                return 429, "ThrottlingException", "Too many requests, please wait before trying again."
            draw = self.random.random()
            if draw < b.throttle:
                return 429, "ThrottlingException", "Too many tokens, please wait before trying again."
            if draw < b.throttle + b.error:
                return 500, "InternalServerException", "The system encountered an unexpected error"
            if draw < b.throttle + b.error + b.timeout:
                return 408, "ModelTimeoutException", "Model has timed out in processing the request."
            return None

    def _is_within_rate(self) -> bool:
        b = self.behaviour
        if b.rate is None:
            return True
        now = time.monotonic()
        self._tokens = min(b.burst, self._tokens + (now - self._filled_at) * b.rate)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def write(self, prompt: str) -> str:
        """Write a reply's text."""
        with self.lock:
            b = self.behaviour
            if b.replies:
                return b.replies.pop(0)
            answers = self.writer.write(prompt)
            if b.garble:
                return b.garble(read_entity(prompt), answers, self.random)
            if self.random.random() < b.malformed:
                return ALL[self.random.choice(sorted(ALL))](answers)
        return json.dumps(answers, ensure_ascii=False)

    def draws_cut(self) -> bool:
        with self.lock:
            return self.random.random() < self.behaviour.cut


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    bedrock: BedrockServer

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that were killed, or did not wait."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        bedrock = self.server.bedrock
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model, _, operation = self.path.removeprefix("/model/").rpartition("/")
        model = unquote(model)
        call = Call(model, operation, body, at=time.monotonic())
        with bedrock.lock:
            bedrock.calls.append(call)
        if bedrock.behaviour.raw:
            self._send_raw(call, *bedrock.behaviour.raw[0])
            return
        fault = bedrock.choose_fault() or _find_refusal(bedrock.behaviour, call)
        if fault:
            self._refuse(call, fault)
            return
        with bedrock.count_in_flight():
            time.sleep(bedrock.behaviour.latency)
        self._answer(call)

    def _answer(self, call: Call) -> None:
        bedrock = self.server.bedrock
        if bedrock.behaviour.bodies:
            self._send(call, 200, bedrock.behaviour.bodies.pop(0), {})
            return
        if bedrock.behaviour.body is not None:
            self._send(call, 200, bedrock.behaviour.body, {})
            return
        family = bedrock.behaviour.family or detect_family(call.model)
        if call.operation == "converse":
            prompt, limit = _read_converse(call.body)
        else:
            prompt, options = read_native(family, call.body)
            limit = find_limit(family, options)
        text = bedrock.write(prompt)
        given = find_tool_input(call.body, text)
        is_cut = bedrock.behaviour.cuts and len(text) > limit * 4
        text = text[: limit * 4] if is_cut else text
        sent, said = len(prompt) // 4, -(-len(text) // 4)
        stop_reason = bedrock.behaviour.stop_reason or ("max_tokens" if is_cut else "end_turn")
        called = () if given is None or is_cut else (given,)
        if called:
            stop_reason = bedrock.behaviour.stop_reason or "tool_use"
        if call.operation == "converse":
            self._send(call, 200, write_converse(text, stop_reason, sent, said, *called), {})
            return
        headers = {
            "x-amzn-bedrock-input-token-count": str(sent),
            "x-amzn-bedrock-output-token-count": str(said),
        }
        self._send(call, 200, write_native(family, text, is_cut, sent, said, *called), headers)

    def _refuse(self, call: Call, fault: tuple[int, str, str]) -> None:
        status, code, message = fault
        headers = {"x-amzn-ErrorType": f"{code}:{CORAL}", **self.server.bedrock.behaviour.headers}
        self._send(call, status, {"message": message}, headers)

    def _send(self, call: Call, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
        call.status = status
        data = json.dumps(body).encode()
        is_cut = status == 200 and self.server.bedrock.draws_cut()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if is_cut else data)
        if is_cut:
            call.status = -1
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

    def _send_raw(self, call: Call, status: int, kind: str, data: bytes) -> None:
        with self.server.bedrock.lock:
            if len(self.server.bedrock.behaviour.raw) > 1:
                self.server.bedrock.behaviour.raw.pop(0)
        call.status = status
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _read_converse(body: dict[str, Any]) -> tuple[str, int]:
    blocks = [*body.get("system", []), *(b for turn in body["messages"] for b in turn["content"])]
    prompt = "\n\n".join(block["text"] for block in blocks)
    return prompt, int(body.get("inferenceConfig", {}).get("maxTokens", 4096))


def _find_refusal(behaviour: Behaviour, call: Call) -> tuple[int, str, str] | None:
    """Refuse what the real service refuses."""
    problem = _find_problem(behaviour, call, behaviour.family or detect_family(call.model))
    return (400, "ValidationException", problem) if problem else None


def _find_problem(behaviour: Behaviour, call: Call, family: str) -> str | None:
    # An ARN of one's own does not say which model is behind it.
    version = {"anthropic": "claude-3", "nova": "nova"}.get(behaviour.family, "")
    name = f"{call.model} {version}" if behaviour.tools else ""
    if call.operation == "converse":
        if not behaviour.converse:
            return "This action doesn't support the model that you provided. Try again with a supported model."
        if "system" in call.body and family in ("mistral", "titan"):
            return NO_SYSTEM
        if problem := find_structure_problem(name, call.body):
            return problem
        options = call.body.get("inferenceConfig", {})
        limit = options.get("maxTokens", 1)
    else:
        bad = find_bad_key(family, call.body) or find_structure_problem(name, call.body)
        if bad:
            return f"{bad}, please reformat your input and try again."
        _, options = read_native(family, call.body)
        limit = find_limit(family, options)
    if "claude-haiku-4-5" in call.model and {"temperature"} < options.keys() & {"temperature", "topP", "top_p"}:
        return "`temperature` and `top_p` cannot both be specified for this model. Please use only one."
    most = OUTPUT_LIMITS.get(family, 4096)
    return f"The maximum tokens you requested exceeds the model limit of {most}." if limit > most else None


def main() -> None:
    """Serve until killed; print the address."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("throttle", "error", "malformed", "cut", "timeout", "repeat", "latency"):
        parser.add_argument(f"--{name}", type=float, default=0.0)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--burst", type=float, default=20.0)
    parser.add_argument("--port", type=int, default=0)
    options = vars(parser.parse_args())
    port = options.pop("port")
    with BedrockServer(Behaviour(**options), port) as server:
        print(server.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
