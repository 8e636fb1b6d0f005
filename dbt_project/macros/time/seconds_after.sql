{#- A timestamp some whole seconds after another; negative seconds lie before. -#}
{% macro seconds_after(moment, seconds) -%}
  (({{ moment }}) + to_seconds(({{ seconds }})::bigint))
{%- endmacro %}
