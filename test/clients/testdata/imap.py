"""Reads mail by Python's own imaplib. One argument: JSON {port, user, smtp}."""
import email, email.policy, imaplib, json, re, smtplib, ssl, sys
from email.message import EmailMessage

ask = json.loads(sys.argv[1])
out = {}


def send(subject, text, to="hanako@example.jp"):
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = "セゾン <shop@example.com>", to, subject
    m.set_content(text, cte="8bit")
    with smtplib.SMTP("127.0.0.1", ask["smtp"]) as s:
        s.login(ask["user"], "secret")
        s.send_message(m)


def numbers(answer):
    assert answer[0] == "OK", answer
    return [int(n) for n in answer[1][0].split()]


send("ワンタイムパスコードのお知らせ", "パスコード 123456\n有効期限は 10 分間です。\n")
send("Hello", "plain words\n")
send("別の件", "会員登録\n", to="taro@example.jp")

with smtplib.SMTP("127.0.0.1", ask["smtp"]) as s:  # an address that is not ASCII
    s.sendmail("shop@example.com", ["花子@例え.jp"], "Subject: 題\r\n\r\nUTF-8\r\n".encode(), mail_options=["SMTPUTF8", "BODY=8BITMIME"])

box = imaplib.IMAP4("127.0.0.1", ask["port"])
try:
    box.login("No World", "x")
    out["stranger"] = "let in"
except imaplib.IMAP4.error:
    out["stranger"] = "refused"
box.starttls(ssl._create_unverified_context())
box.login(ask["user"], "secret")
out["list"] = sorted(line.decode().split('"/" ')[1].strip('"') for line in box.list()[1])
out["exists"] = int(box.select("INBOX")[1][0])


def search(charset, *criteria):
    box.literal = criteria[-1].encode("utf-8")
    return numbers(box.search(charset, *criteria[:-1]))


out["subject"] = search("UTF-8", "SUBJECT", "ワンタイムパスコード")
out["body"] = search("UTF-8", "BODY", "会員登録")
out["text"] = search("UTF-8", "TEXT", "セゾン")
out["nothing"] = search("UTF-8", "TEXT", "ありません")
out["unseen"] = numbers(box.search(None, "UNSEEN"))
raw = box.fetch("1", "(RFC822)")[1][0][1]
first = email.message_from_bytes(raw, policy=email.policy.default)
out["fetched"] = [first["Subject"], first.get_content().strip().split("\n")[0].strip()]
out["seen"] = numbers(box.search(None, "SEEN"))
box.store("2", "+FLAGS", r"(\Flagged $Label)")
out["flags"] = sorted(f.decode() for f in imaplib.ParseFlags(box.fetch("2", "(FLAGS)")[1][0]))
envelope = box.fetch("3", "(ENVELOPE BODYSTRUCTURE INTERNALDATE RFC822.SIZE UID)")[1][0]
out["uid"] = int(re.search(rb"UID (\d+)", envelope if isinstance(envelope, bytes) else envelope[0]).group(1))
out["uidsearch"] = numbers(box.uid("SEARCH", None, "UID", "2:*"))
out["create"] = box.create("Other")[0]

# A program that idles is told of what arrives.
tag = box._new_tag()
box.send(tag + b" IDLE\r\n")
assert box.readline().startswith(b"+")
send("届いた", "idle\n")
out["idle"] = box.readline().decode().strip()
box.send(b"DONE\r\n")
while not box.readline().startswith(tag):
    pass

box.store("2", "+FLAGS", r"(\Deleted)")
out["expunged"] = [int(n) for n in box.expunge()[1]]
out["left"] = len(numbers(box.search(None, "ALL")))
out["mailbox"] = int(box.select('"taro@example.jp"')[1][0])
box.logout()

own = imaplib.IMAP4("127.0.0.1", ask["port"])
own.login("hanako@example.jp", "x")
out["own"] = int(own.select("INBOX", readonly=True)[1][0])
own.logout()
print(json.dumps(out))
