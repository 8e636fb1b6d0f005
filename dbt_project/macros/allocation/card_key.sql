{#- Block size and card in one number: joined on two, decks of several attributes would first be joined to each other. -#}
{% macro card_key(block_size, card) -%}
  ({{ block_size }}) * 128 + {{ card }}
{%- endmacro %}
