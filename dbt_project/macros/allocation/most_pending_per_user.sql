{#- Of the latest bookings of a user, so many may be pending. All of them lie in the last month, so the quota bounds them, too. -#}
{% macro most_pending_per_user() -%}
  2
{%- endmacro %}
