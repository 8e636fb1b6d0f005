{#- One row for each whole number 0 .. count - 1, as a column of its own in the select it stands in. -#}
{% macro unnested_range(count) -%}
  {{ adapter.dispatch('unnested_range')(count) }}
{%- endmacro %}

{% macro default__unnested_range(count) -%}
  unnest(range(0, {{ count }}))
{%- endmacro %}

{% macro spark__unnested_range(count) -%}
  explode(if(({{ count }}) > 0, sequence(0::bigint, ({{ count }})::bigint - 1), array()))
{%- endmacro %}
