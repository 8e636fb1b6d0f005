{#- A relation with further columns of text, null where it has none of the name: a landing of an older extract. -#}
{% macro with_columns(relation, names) -%}
  {{ adapter.dispatch('with_columns')(relation, names) }}
{%- endmacro %}

{% macro default__with_columns(relation, names) -%}
  select * from {{ relation }}
    union all by name
    select {% for name in names %}null::varchar as {{ name }}{{ ', ' if not loop.last }}{% endfor %} where false
{%- endmacro %}

{% macro spark__with_columns(relation, names) -%}
  {%- set found = run_query('describe ' ~ relation).columns[0].values() if execute else names -%}
  select *{% for name in names if name not in found %}, null::string as {{ name }}{% endfor %} from {{ relation }}
{%- endmacro %}
