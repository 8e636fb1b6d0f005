{#- One row for each element of a list, as a column of the select it stands in; none for an empty list. -#}
{% macro unnested(list) -%}
  {{ adapter.dispatch('unnested')(list) }}
{%- endmacro %}

{% macro default__unnested(list) -%}
  unnest({{ list }})
{%- endmacro %}

{% macro spark__unnested(list) -%}
  explode({{ list }})
{%- endmacro %}
