{#- A prefix and at least five digits (requirements: sequential-ids). -#}
{% macro sequential_id(prefix, number) -%}
  '{{ prefix }}_' || case when {{ number }} < 100000 then lpad(({{ number }})::varchar, 5, '0') else ({{ number }})::varchar end
{%- endmacro %}
