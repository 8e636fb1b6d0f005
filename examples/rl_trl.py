"""GRPO on the support desk with TRL 1.16 and its `environment_factory`: each rollout works a ticket with the tools.

pip install 'trl>=1.16' 'transformers>=5.2' jmespath, and from the checkout: PYTHONPATH=. python examples/rl_trl.py
"""

from agentic.plugs.rollout import Rollout, list_rows

MODEL = "Qwen/Qwen3-0.6B"  # any chat model that calls tools


def main() -> None:
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    trainer = GRPOTrainer(
        model=MODEL,
        args=GRPOConfig(output_dir="data/work/grpo", num_generations=4, max_tool_calling_iterations=20),
        train_dataset=Dataset.from_list(list_rows(splits=["train"])),  # task_id goes to reset, prompt to the model
        environment_factory=Rollout,  # its public methods are the tools, get_reward is the judge
    )
    trainer.train()


if __name__ == "__main__":
    main()
