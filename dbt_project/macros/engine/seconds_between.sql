{#- Whole seconds from one moment to another. -#}
{% macro seconds_between(earlier, later) -%}
  {{ adapter.dispatch('seconds_between')(earlier, later) }}
{%- endmacro %}

{% macro default__seconds_between(earlier, later) -%}
  date_diff('second', {{ earlier }}, {{ later }})
{%- endmacro %}

{% macro spark__seconds_between(earlier, later) -%}
  timestampdiff(second, {{ earlier }}, {{ later }})
{%- endmacro %}
