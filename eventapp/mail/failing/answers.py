"""What an error in sending says: whether it is about the letter, its address, or the server."""

import smtplib
import ssl
from dataclasses import dataclass, replace

from eventapp.mail.failing.reports import ABOUT_THE_SENDER, shortened

SERVER_FAULT = 500
# Answers that are about us or the server, and about no letter.
OURS = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


@dataclass(frozen=True)
class Failure:
    """Why a letter did not go, in the words of whoever said so; `final` where trying again changes nothing.

    `at_address`: the server takes no letter for this address, whatever it says.
    """

    reason: str
    final: bool
    at_address: bool = False


def failure_of(error: Exception) -> Failure:
    """What an error in sending means for the letter.

    Final: the server refused this letter with a 5xx answer, or it cannot be written. All else may be better later.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        refused = answered(code, words, final=code >= SERVER_FAULT)
        about_us = ABOUT_THE_SENDER.search(refused.reason)
        return replace(refused, at_address=refused.final and not about_us)
    if isinstance(error, smtplib.SMTPResponseException):
        is_final = error.smtp_code >= SERVER_FAULT and not is_of_the_server(error)
        return answered(error.smtp_code, error.smtp_error, final=is_final)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure(f"the mail server could not prove who it is ({error.verify_message})", final=False)
    if isinstance(error, TimeoutError):
        return Failure("the mail server did not answer in time", final=False)
    if isinstance(error, (smtplib.SMTPException, OSError)):
        return Failure(f"the mail server could not be reached or hung up ({shortened(str(error))})", final=False)
    return Failure(f"the email cannot be written ({type(error).__name__}: {shortened(str(error))})", final=True)


def is_of_the_server(error: Exception) -> bool:
    """Whether the server could not be talked to, whatever the letter."""
    about_a_letter = isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException))
    return isinstance(error, OURS) or (isinstance(error, OSError) and not about_a_letter)


def answered(code: int, words: bytes | str, *, final: bool) -> Failure:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return Failure(f"the mail server answered {code} {shortened(text)}", final=final)
