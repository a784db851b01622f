"""Dialogs: questions one after another.  Their state is a row, so that a restart changes nothing."""

from bot.chat.dialogs.papers import letterhead
from bot.chat.dialogs.people import channels, handing_over, leaving, registering
from bot.chat.dialogs.plans import calendars, documents, files
from bot.chat.dialogs.sessions import (
    absent,
    asking,
    cancelling,
    covering,
    deciding,
    details,
    naming,
    naming_all,
    proposing,
    putting_back,
    replacing,
)
from bot.chat.dialogs.step import Steps

DIALOGS: dict[str, Steps] = {
    absent.NAME: absent.STEPS,
    asking.NAME: asking.STEPS,
    calendars.NAME: calendars.STEPS,
    cancelling.NAME: cancelling.STEPS,
    covering.NAME: covering.STEPS,
    channels.NAME: channels.STEPS,
    deciding.NAME: deciding.STEPS,
    details.NAME: details.STEPS,
    documents.NAME: documents.STEPS,
    files.NAME: files.STEPS,
    handing_over.NAME: handing_over.STEPS,
    leaving.NAME: leaving.STEPS,
    letterhead.NAME: letterhead.STEPS,
    naming.NAME: naming.STEPS,
    naming_all.NAME: naming_all.STEPS,
    proposing.NAME: proposing.STEPS,
    putting_back.NAME: putting_back.STEPS,
    registering.NAME: registering.STEPS,
    replacing.NAME: replacing.STEPS,
}
