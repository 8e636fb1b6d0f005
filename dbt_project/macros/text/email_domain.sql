{#-
  The domain of a landed user's address: one that nobody can receive mail at (RFC 2606), or one that people have, in proportion to how often it is named.
  `draw` is a column, 0 to 99.
-#}
{% macro email_domain(domains, draw) -%}
  {%- set reserved = ['example.com', 'example.org', 'example.net'] -%}
  {%- set realistic = ['gmail.com'] * 6 + ['yahoo.com', 'icloud.com', 'outlook.com', 'hotmail.com'] -%}
  case {{ domains }}
    when 'realistic' then ['{{ realistic | join("', '") }}'][{{ draw }} % {{ realistic | length }} + 1]
    else ['{{ reserved | join("', '") }}'][{{ draw }} % {{ reserved | length }} + 1]
  end
{%- endmacro %}
