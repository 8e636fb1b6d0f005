"""Changes of memberships and accounts."""

from __future__ import annotations

from typing import Any

from agentic.database import Row
from agentic.errors import ToolError
from agentic.rules import read_number
from agentic.tools.base import write_tool
from agentic.tools.desk_notes import DeskTools


class MembershipTools(DeskTools):
    """What may be done with a membership or an account."""

    @write_tool
    def upgrade_plan(self, user_id: str, tier: str = "premium") -> dict[str, Any]:
        """Move the member to another plan at once; bookings made before keep their price.

        Args:
            user_id: the member who wrote, such as "u_00042".
            tier: the plan to move to: premium.
        """
        plan, tier = self._find_running_plan(user_id), tier.strip().lower()
        offered = self._database.find_one("select * from eventhub.plans where tier = ?", tier)
        if not offered or tier != "premium":
            raise ToolError(f"There is no upgrade to {tier}; the one there is leads to premium.")
        if plan["tier"] == tier:
            raise ToolError(f"{user_id} has the {tier} plan already.")
        quota = offered["monthly_quota"]
        self._database.update("eventhub.subscriptions", plan["subscription_id"], {"tier": tier, "monthly_quota": quota})
        arguments = {"user_id": user_id, "tier": tier, "monthly_quota": str(quota)}
        self._note("upgrade", arguments, "subscription_upgraded", f"Membership upgraded to {tier} by support.")
        return arguments

    @write_tool
    def cancel_subscription(self, user_id: str) -> dict[str, Any]:
        """End the membership of the member; bookings that are held stay.

        Args:
            user_id: the member who wrote, such as "u_00042".
        """
        return self._end(user_id, "cancel_subscription", "cancelled")

    @write_tool
    def pause_subscription(self, user_id: str) -> dict[str, Any]:
        """Pause the membership of the member; bookings that are held stay.

        Args:
            user_id: the member who wrote, such as "u_00042".
        """
        return self._end(user_id, "pause_subscription", "paused")

    @write_tool
    def reset_access(self, user_id: str, email: str) -> dict[str, Any]:
        """Send a new sign-in link to the address of the account, and unlock the sign-in.

        Args:
            user_id: the member who wrote, such as "u_00042".
            email: the address of the account; no link goes anywhere else.
        """
        arguments = self._check_address(user_id, email)
        self._note("reset_access", arguments, "access_reset", "Access reset: a new link was sent.")
        return arguments | {"link_works_for_minutes": read_number("password_link_minutes")}

    @write_tool
    def delete_account(self, user_id: str, email: str) -> dict[str, Any]:
        """Start the erasure of the member's account; it cannot be taken back, so only do it where it was asked for.

        Args:
            user_id: the member who wrote, such as "u_00042".
            email: the address of the account.
        """
        arguments = self._check_address(user_id, email)
        self._note("delete_account", arguments, "deletion_requested", "Deletion of the account requested.")
        return arguments | {"erased_after_days": read_number("account_deletion_days")}

    @write_tool
    def open_case(self, user_id: str, reservation_id: str = "") -> dict[str, Any]:
        """Open a case with the specialists, who look into what you cannot decide; the ticket is in progress then.

        Args:
            user_id: the member who wrote, such as "u_00042".
            reservation_id: the booking that the case is about; leave it out where there is none.
        """
        self._require_open()
        self._require_own(user_id)
        if reservation_id:
            booking = self._database.find_one(
                "select user_id from eventhub.reservations where reservation_id = ?", reservation_id
            )
            if not booking or booking["user_id"] != user_id:
                raise ToolError(f"{reservation_id} is no booking of {user_id}. list_reservations names theirs.")
        change = {"status": "in_progress", "updated_at": self._state.moment}
        self._database.update("udahub.ticket_metadata", self._state.ticket_id, change)
        arguments = {"user_id": user_id} | ({"reservation_id": reservation_id} if reservation_id else {})
        self._note("open_case", arguments, "case_opened", "Case opened with the specialists.")
        return arguments | {"status": "in_progress", "answer_within_hours": read_number("escalation_reply_hours")}

    def _find_running_plan(self, user_id: str) -> Row:
        self._require_open()
        self._require_own(user_id)
        member = self._database.find_one("select is_blocked from eventhub.users where user_id = ?", user_id)
        plan = self._database.find_one("select * from eventhub.subscriptions where user_id = ?", user_id)
        assert member and plan
        if member["is_blocked"]:
            raise ToolError(f"The account of {user_id} is blocked. Only specialists decide about it: open_case.")
        if plan["status"] != "active":
            raise ToolError(f"The membership of {user_id} is {plan['status']} and cannot be changed by you.")
        return plan

    def _end(self, user_id: str, action: str, status: str) -> dict[str, Any]:
        plan = self._find_running_plan(user_id)
        change = {"status": status, "ended_at": self._state.moment}
        self._database.update("eventhub.subscriptions", plan["subscription_id"], change)
        arguments = {"user_id": user_id, "status": status}
        self._note(action, arguments, f"subscription_{status}", f"Membership {status} by support.")
        return arguments

    def _check_address(self, user_id: str, email: str) -> dict[str, str]:
        self._require_open()
        self._require_own(user_id)
        member = self._database.find_one("select email from eventhub.users where user_id = ?", user_id)
        assert member
        if member["email"].lower() != email.strip().lower():
            raise ToolError(f"{email} is not the address of the account of {user_id}. Nothing is sent anywhere else.")
        return {"user_id": user_id, "email": member["email"]}
