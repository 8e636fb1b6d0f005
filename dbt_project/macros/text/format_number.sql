{% macro format_number(number) -%}
  case when {{ number }} between 1 and 12
    then {{ array_get(array_of(["'one'", "'two'", "'three'", "'four'", "'five'", "'six'", "'seven'", "'eight'", "'nine'", "'ten'", "'eleven'", "'twelve'"]), number) }}
    else ({{ number }})::string end
{%- endmacro %}
