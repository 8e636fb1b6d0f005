{#- The statement that makes the relation of a model, or its code; `is_plain` as drop_unreplaceable tells. -#}
{% macro create_or_replace(target_relation, is_plain) -%}
  {%- if is_plain and model['language'] == 'python' -%}
    {{ compiled_code }}


def materialize(rows, connection):
    connection.register("rows_of_model", rows)
    connection.execute('''create or replace table {{ target_relation }} as from rows_of_model''')
    connection.unregister("rows_of_model")
  {%- elif is_plain -%}
    create or replace {{ target_relation.type }} {{ target_relation }} as ({{ compiled_code }})
  {%- elif target_relation.type == 'view' -%}
    {{ create_view_as(target_relation, compiled_code) }}
  {%- else -%}
    {{ create_table_as(False, target_relation, compiled_code, model['language']) }}
  {%- endif -%}
{%- endmacro %}
