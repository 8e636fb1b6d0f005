"""The licence of what a build writes; LICENSE-DATA is its text, and data_set says it in both databases."""

from __future__ import annotations

NAME = "CC-BY-4.0"
TITLE = "Creative Commons Attribution 4.0 International"
URL = "https://creativecommons.org/licenses/by/4.0/"
SENTENCE = "Training and evaluation of models are both allowed."
ATTRIBUTION = "EventHub data, CC-BY-4.0"
