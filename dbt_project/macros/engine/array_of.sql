{% macro array_of(values, type=none) -%}
  {{ adapter.dispatch('array_of')(values, type) }}
{%- endmacro %}

{% macro default__array_of(values, type=none) -%}
  {% if values %}[{{ values | join(', ') }}]{% else %}[]::{{ type or 'string' }}[]{% endif %}
{%- endmacro %}

{% macro spark__array_of(values, type=none) -%}
  {% if values %}array({{ values | join(', ') }}){% else %}cast(array() as array<{{ type or 'string' }}>){% endif %}
{%- endmacro %}
