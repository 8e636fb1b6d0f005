-- The help desk's users are the business's, and each answers for the other.
with

users as (

    select
        support_users.user_id,
        support_users.account_id,
        support_users.external_user_id,
        support_users.user_name,
        members.user_id as member_id,
        members.full_name
    from {{ ref('udahub__users') }} as support_users
    full join {{ ref('users') }} as members
        on support_users.external_user_id = members.user_id

)

{{ checked_rules('udahub.users', 'users', id='coalesce(user_id, member_id)', words='coalesce(user_name, full_name)', rows={
    'external_user_exists': "member_id is not null",
    'every_member_has_a_support_user_of_the_same_id': "user_id = member_id",
    'name_is_the_members': "user_name = full_name",
    'account_exists': "account_id in (select account_id from " ~ ref('udahub__accounts') ~ ")",
}, totals={
    'user_id_is_unique': duplicate_count('user_id'),
}) }}
