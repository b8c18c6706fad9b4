package sms_test

import (
	"testing"
	"time"

	"example.com/netanswer/mocks/passcode"
	"example.com/netanswer/mocks/sms"
)

// TestAMessageTellsItsPasscodeWhereverItIsKept shows that what an earlier program kept
// of its reading is not told, that a message kept elsewhere is read, and that what is
// told to one who asks is not told to the next: it is superseded meanwhile.
func TestAMessageTellsItsPasscodeWhereverItIsKept(t *testing.T) {
	noon := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	var b sms.Box
	first, err := b.Accept("x", "090-0000-1001", "認証コード: 482913", noon, 10)
	if err != nil {
		t.Fatal(err)
	}
	first.Passcode = &passcode.Passcode{Code: "111111"}
	kept := sms.Box{Messages: []sms.Message{first}, Serial: 1}
	kept.Messages[0].Unread()
	before, ok := kept.Read(first.ID, noon)
	if !ok || before.Passcode == nil || before.Passcode.Code != "482913" || before.Passcode.Superseded {
		t.Fatalf("kept elsewhere: %+v", before.Passcode)
	}
	if _, err := kept.Accept("x", "090-0000-1001", "認証コード: 777777", noon.Add(time.Minute), 10); err != nil {
		t.Fatal(err)
	}
	after, _ := kept.Read(first.ID, noon.Add(time.Minute))
	if !after.Passcode.Superseded || before.Passcode.Superseded {
		t.Errorf("superseded: %t before, %t after", before.Passcode.Superseded, after.Passcode.Superseded)
	}
	if _, ok := kept.Read("sms-9", noon); ok {
		t.Error("a message that nobody sent is read")
	}
}
