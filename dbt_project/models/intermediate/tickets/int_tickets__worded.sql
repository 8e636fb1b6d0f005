-- The words of each ticket, slots open: those of its landed text. Where that means a kind of event which its event is not of, it speaks of an event.
with

tickets as (

    select * from {{ ref('int_tickets__linked') }}

),

landed as (

    select * from {{ ref('stg_tickets') }}

),

worded as (

    select
        {% for text in ['subject', 'description', 'question', 'follow_up', 'pushback', 'thanks'] %}
            case
                when tickets.speaks_of_an_event then {{ without_event_nouns('landed.' ~ text, 'landed.event_kind') }}
                else landed.{{ text }}
            end as {{ text }},
        {% endfor %}
        tickets.ticket_number
    from tickets
    inner join landed
        on tickets.text_number = landed.ticket_number

)

select * from worded
