{#- Drop what stands where a relation is to be made, so that readers see it until the transaction ends and a failure leaves it. -#}
{% macro drop_in_transaction(relation) -%}
  {%- if relation is not none %}
    {% call statement('dropped') -%}
      drop {{ relation.type }} if exists {{ relation }}
    {%- endcall %}
  {%- endif %}
{%- endmacro %}
