{#- Whether a member is kept for what support did, should the membership show it (int_ticket_candidates__users): every second one. `users` is an alias of int_users__subscribed. -#}
{% macro is_kept_member(users) -%}
  {{ draw_below('member kept for support', users ~ '.user_number', 2) }} = 0
{%- endmacro %}
