"""The support desk for verifiers 0.4: a taskset whose tools are served over MCP, with a state of its own a rollout.

From the checkout: PYTHONPATH=.:examples vf-validate rl_verifiers, which needs no model; vf-eval rl_verifiers asks one.
"""

import verifiers.v1 as vf

from agentic.environment import Environment
from agentic.plugs.data_dir import find_data_dir
from agentic.plugs.mcp_server import DeskServer
from agentic.plugs.rollout import list_rows

__all__ = ["SupportTaskset"]


class SupportData(vf.TaskData):
    task_id: str


class SupportState(vf.State):
    reward: float = 0.0


class SupportToolset(vf.Toolset[vf.ToolsetConfig, SupportState]):
    TOOL_PREFIX = None  # the policy calls the tools by their plain names

    async def setup_task(self, task: SupportData) -> None:
        self.environment = Environment(find_data_dir())
        self.desk = DeskServer(self.environment, task.task_id)

    def register(self, mcp) -> None:
        mcp.list_tools, mcp.call_tool = self.desk.list_tools, self._with_state(self.call)

    async def call(self, name, arguments, context=None):
        result = await self.desk.call_tool(name, arguments, context)
        self.state.reward = float(self.environment.score().passed)
        return result


class SupportTaskConfig(vf.TaskConfig):
    tools: vf.ToolsetConfig = vf.ToolsetConfig()


class SupportTask(vf.Task[SupportData, SupportState, SupportTaskConfig]):
    @classmethod
    def toolsets(cls, config: SupportTaskConfig) -> list[vf.Toolset]:
        return [SupportToolset(config.tools)]

    @vf.reward
    async def passed(self, trace: vf.Trace) -> float:
        return trace.state.reward

    async def validate(self, runtime: vf.Runtime) -> bool:
        environment = Environment(find_data_dir())
        environment.reset(self.data.task_id)
        environment.replay(environment.task.solutions[0])
        return environment.score().passed


class SupportConfig(vf.TasksetConfig):
    task: SupportTaskConfig = SupportTaskConfig()
    split: str = "train"


class SupportTaskset(vf.Taskset[SupportTask, SupportConfig]):
    def load(self):
        for row in list_rows(splits=[self.config.split]):
            system, opening = (message["content"] for message in row["prompt"])
            data = SupportData(id=row["task_id"], task_id=row["task_id"], system_prompt=system, prompt=opening)
            yield SupportTask(data, self.config.task)


if __name__ == "__main__":
    SupportToolset.run()
