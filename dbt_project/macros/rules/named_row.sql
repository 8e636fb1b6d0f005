{#- A row as people find it: its id and the words around a position, in one line; null where nobody asks (macro shows_rows). -#}
{% macro named_row(id, words=none, at=none) -%}
  case when {{ shows_rows() }} then
    {%- if words %} ({{ id }})::string || coalesce(': "' || {{ excerpt(words, at or '1') }} || '"', '') {%- else %} ({{ id }})::string {%- endif %} end
{%- endmacro %}
