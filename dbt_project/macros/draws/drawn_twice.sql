{% macro drawn_twice(purpose, once, high_bits=none) -%}
  main.mix32({{ once }} + {{ local_md5(var('seed') ~ '|' ~ purpose)[8:16] | int(0, 16) }}{{ ' + ' ~ high_bits if high_bits }})
{%- endmacro %}
