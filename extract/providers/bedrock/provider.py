"""The Bedrock provider: any model that Amazon Bedrock serves, through one client and one limit of rate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cache

from extract.errors import CallFailed, ExtractError, ServiceError, TransientServiceError
from extract.planning.batch import BatchRequest
from extract.planning.plan import PlanItem
from extract.planning.seeds import Model, Seeds
from extract.prompts.build import build_prompt
from extract.prompts.structure import Structure
from extract.prompts.tokens import InputMeter, estimate_tokens
from extract.providers.bedrock.capabilities import Capabilities
from extract.providers.bedrock.client import describe_region, get_bedrock_client
from extract.providers.bedrock.converse import Answer, Sampling
from extract.providers.bedrock.error_mapping import explain, translate
from extract.providers.bedrock.invoke import PromptWriter, ask
from extract.providers.bedrock.rate_limiter import RateLimiter
from extract.providers.bedrock.retry import RetryPolicy
from extract.providers.catalog import price_call
from extract.providers.limits import limit_output
from extract.replies.completion import Completion
from extract.replies.redact import redact
from extract.settings import Settings


class BedrockProvider:
    """Asks one model; safe to call from several threads."""

    name = "bedrock"

    def __init__(self, model: Model, settings: Settings, seeds: Seeds) -> None:
        self._capabilities = Capabilities(model)
        self._settings, self._seeds = settings, seeds
        self._client = get_bedrock_client(settings)
        self._policy = RetryPolicy.from_settings(settings)
        self._limiter = RateLimiter(settings.concurrency, self._policy)
        self._inputs = InputMeter()
        self.model = redact(model.model_id)
        self.workers = settings.concurrency

    @property
    def grace_seconds(self) -> float:
        return self._policy.grace_seconds

    @property
    def output_limit(self) -> int:
        """Most tokens of one answer: what the catalog and the settings allow, and the service."""
        return min(self._capabilities.max_tokens, limit_output(self._capabilities.model, self._settings))

    def check(self, entity: str, items: Iterable[PlanItem]) -> None:
        """Serve any plan."""

    def worst_cost(self, request: BatchRequest) -> float | None:
        """Price the longest answer, and a prompt of more tokens than any tokenizer has made of one so far."""
        write = self._write_prompt(request)
        # A model that turns out not to take the structure is told the form in words.
        forms = {self._capabilities.structure, Structure.PLAIN}
        sent = max(self._inputs.bound(write(structure).sent) for structure in forms)
        return price_call(self._capabilities.model, sent, request.max_tokens)

    def stop(self) -> None:
        self._limiter.stop()

    def complete(self, request: BatchRequest) -> Completion:
        """Call until an answer comes, or nothing has succeeded for too long.

        Raises:
            CallFailed: the answer was lost or took too long; another request may succeed.
            ServiceError: the service refuses, or has not answered anybody for too long.
            Stopped: the run is ending.
        """
        write = self._write_prompt(request)
        sampling = Sampling(request.max_tokens, self._settings.temperature, self._settings.top_p)
        started, tries = time.monotonic(), 0
        while True:
            tries += 1
            try:
                answer, latency_ms = self._paced(lambda: ask(self._client, self._capabilities, write, sampling))
            except TransientServiceError as error:
                self._back_off(error, tries, started)
            except CallFailed as error:
                error.tries = tries
                raise
            else:
                return self._complete(answer, write(self._capabilities.structure).sent, latency_ms, tries)

    def _write_prompt(self, request: BatchRequest) -> PromptWriter:
        return cache(lambda form: build_prompt(request, self._seeds, self._settings.avoid_limit, form))

    def _back_off(self, error: TransientServiceError, tries: int, started: float) -> None:
        """Wait before the next try, or give up; a throttled call waits in the limiter with all others."""
        if self._is_hopeless(error, tries, started):
            raise self._give_up(error) from error
        if not error.is_throttled:
            self._limiter.wait(self._policy.draw_backoff(tries))

    def _complete(self, answer: Answer, prompt: str, latency_ms: int, tries: int) -> Completion:
        # Where a reply does not say, an estimate is nearer to the truth than nothing.
        sent = answer.input_tokens if answer.input_tokens is not None else estimate_tokens(prompt)
        said = answer.output_tokens if answer.output_tokens is not None else estimate_tokens(answer.text)
        self._inputs.learn(prompt, sent)
        cost = price_call(self._capabilities.model, sent, said)
        return Completion(
            text=answer.text,
            input_tokens=sent,
            output_tokens=said,
            stop_reason=answer.stop_reason,
            latency_ms=latency_ms,
            model=self.model,
            tries=tries,
            cost_usd=cost,
        )

    def _paced(self, call: Callable[[], Answer]) -> tuple[Answer, int]:
        """Call once, when the rate allows; tell the limiter how it went."""
        began = self._limiter.begin()
        try:
            answer = call()
        except Exception as error:
            problem = translate(error, self._capabilities.model, self._region)
            if isinstance(problem, TransientServiceError) and problem.is_throttled:
                self._limiter.throttle(began, problem.retry_after)
            else:
                self._limiter.fail()
            raise problem from error
        except BaseException:
            self._limiter.fail()
            raise
        self._limiter.succeed()
        return answer, round((time.monotonic() - began) * 1000)

    def _is_hopeless(self, error: TransientServiceError, tries: int, started: float) -> bool:
        if error.code == "Unreachable" and not self._limiter.has_answered():
            return tries >= self._policy.connection_tries
        return self._limiter.is_hopeless(started)

    def _give_up(self, error: TransientServiceError) -> ExtractError:
        model, policy = self._capabilities.model, self._policy
        if error.is_throttled and not self._limiter.has_answered():
            return explain("ServiceQuotaExceededException", str(error), model, self._region)
        if error.code == "Unreachable":
            return ServiceError(
                "endpoint",
                f"{error}. Check network, AWS_REGION and AWS_ENDPOINT_URL.{describe_region(self._region)} "
                "What landed stays.",
            )
        seconds = policy.outage_seconds if self._limiter.has_answered() else policy.first_answer_seconds
        return ServiceError(
            "outage",
            f"no call has succeeded for {seconds:.0f} s, last: {error}. "
            "What landed stays; run the command again later to go on.",
        )

    @property
    def _region(self) -> str:
        return str(self._client.meta.region_name)
