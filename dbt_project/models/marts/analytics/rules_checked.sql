-- Every rule with the rows it looked at and the violations found. The exports hang on this table, and so on the tests of all rules.
{% set relations = ['users', 'venues', 'events', 'reservations', 'quota', 'kb_articles', 'tickets', 'priorities', 'ticket_metadata', 'ticket_messages', 'support_users', 'user_history', 'ticket_labels', 'shares'] %}
{% for relation in relations %}
select table_name, rule, rows_checked, violations from {{ ref(relation ~ '_rules') }}
{{ 'union all' if not loop.last }}
{% endfor %}
