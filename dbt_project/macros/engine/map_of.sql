{% macro map_of(keys, values) -%}
  {{ adapter.dispatch('map_of')(keys, values) }}
{%- endmacro %}

{% macro default__map_of(keys, values) -%}
  map({{ keys }}, {{ values }})
{%- endmacro %}

{% macro spark__map_of(keys, values) -%}
  map_from_arrays({{ keys }}, {{ values }})
{%- endmacro %}
