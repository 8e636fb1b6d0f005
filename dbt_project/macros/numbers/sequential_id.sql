{#- A prefix and at least five digits (requirements: sequential-ids). -#}
{% macro sequential_id(prefix, number) -%}
  '{{ prefix }}_' || case when {{ number }} < 100000 then lpad(({{ number }})::string, 5, '0') else ({{ number }})::string end
{%- endmacro %}
