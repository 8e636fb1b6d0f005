{% macro seconds_between(earlier, later) -%}
  date_diff('second', {{ earlier }}, {{ later }})
{%- endmacro %}
