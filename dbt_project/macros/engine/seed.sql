{#- dbt-spark's own puts the values between quotes unescaped. All columns of column_types are read as text; an empty one is null. -#}
{% materialization seed, adapter='spark' %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set types = config.get('column_types') -%}
  {%- set rows = [] -%}
  {%- for row in load_agate_table().rows -%}
    {%- set values = [] -%}
    {%- for name in types -%}
      {%- do values.append('null' if row[name] is none else text_literal(row[name] | string)) -%}
    {%- endfor -%}
    {%- do rows.append('(' ~ values | join(', ') ~ ')') -%}
  {%- endfor -%}
  {{ run_hooks(pre_hooks) }}
  {% call statement('dropped') %}drop table if exists {{ target_relation }}{% endcall %}
  {% call statement('main') -%}
    create table {{ target_relation }} using parquet as
    select
      {%- for name, type in types.items() %}
      cast(`{{ name }}` as {{ engine_type(type) }}) as `{{ name }}`{{ ',' if not loop.last }}
      {%- endfor %}
    from values {{ rows | join(', ') }} as landed (`{{ types | join('`, `') }}`)
  {%- endcall %}
  {% do store_result('agate_table', response='OK') %}
  {{ run_hooks(post_hooks) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
