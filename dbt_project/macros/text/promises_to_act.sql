{#- Whether a member's words say that they will do themselves what they asked for ("I'll cancel it tonight"): no answer to support that has done it. -#}
{% macro promises_to_act(text) -%}
  {{ regex_matches(text, regex("(?i)\\b(?:doing|do (?:it|that|this)|try(?:ing)? (?:it|that|this)|cancell?ing|pausing|ending|fixing|setting|set the|tak(?:e|ing) (?:that|one|it|the)|press|tap|later|today|tonight|tomorrow|(?:i|we)(?:'|’| wi)?ll (?:cancel|do|take|set|go|change|pause|end|press|tap|try|look|use|pick|book|put|start|withdraw|lower|drop|follow|see|move|send|check|watch|request|remove|delete|switch|upgrade|get|make|keep)|know (?:how|what|where|which)|what to do|how to|in the app|found it|then i|the button)\\b")) }}
{%- endmacro %}
