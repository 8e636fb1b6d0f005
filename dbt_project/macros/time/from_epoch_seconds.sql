{#- The moment that lies some whole seconds after 1970, UTC. -#}
{% macro from_epoch_seconds(second) -%}
  make_timestamp(({{ second }}) * 1000000)
{%- endmacro %}
