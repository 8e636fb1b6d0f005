{#- Block size and card in one number: joined on two, decks of several attributes would first be joined to each other. -#}
{% macro card_key(block_size, card) -%}
  {%- set most_cards = 128 -%}
  ({{ block_size }}) * {{ most_cards }} + {{ card }}
{%- endmacro %}
