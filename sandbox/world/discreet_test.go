package world_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/world"
)

func TestTheTimelineMasksACardWhereverItStands(t *testing.T) {
	t.Parallel()
	s := service(t)
	for what, kept := range map[string]string{
		"SMSの差出人 4242420000010017":                     "SMSの差出人 424242*******017",
		"x4242-4200-0001-0017@example":                 "x424242*******017@example",
		"88888888888888881":                            "88888888888888881", // one digit more: no card
		"４２４２４２００００００１００１":                             "４２４２４２００００００１００１",
		"４２４２４２００００　０１００１７ です":                         "424242*******017 です",
		"id 994242420000010017":                        "id 99424242*******017",
		"4242420000010017124":                          "424242*******017124",
		"090-0000-1001 4242 4200 0001 0017":            "09000001001424242*******017",
		"番号 4242420000010018":                          "番号 4242420000010018", // its last digit is wrong
		"カード 4242.4200.0001.0017 です":                   "カード 424242*******017 です",
		"4242_4200_0001_0017":                          "424242*******017",
		"4242/4200/0001/0017":                          "424242*******017",
		"4242, 4200, 0001, 0017":                       "424242*******017",
		"4242\u00a04200\u00a00001\u00a00017":           "424242*******017", // spaces that do not break
		"4242\u200b4200\u200b0001\u200b0017":           "424242*******017", // and that nobody sees
		"٤٢٤٢٤٢٠٠٠٠٠١٠٠١٧":                             "424242*******017",
		"④②④②④②⓪⓪⓪⓪⓪①⓪⓪①⑦":                             "424242*******017",
		"❹❷❹❷❹❷⓿⓿⓿⓿⓿❶⓿⓿❶❼":                             "424242*******017",
		"3782.820000.10049":                            "378282******049",
		"090.0000.1001 4242.4200.0001.0017":            "090.0000.1001 424242*******017",
		"2026/11/24 12:00:00 に 2026/11/24 12:10:00 まで": "2026/11/24 12:00:00 に 2026/11/24 12:10:00 まで",
		"時計 2026-11-30 14:05:00.123":                   "時計 2026-11-30 14:05:00.123",
		"hook http://a.example/x?token=secret&to=1 です": "hook http://a.example/x?… です",
	} {
		if err := s.Providers().Record(t.Context(), "w", world.KindRequest, what, ""); err != nil {
			t.Fatal(err)
		}
		m, err := s.Snapshot(t.Context(), "w")
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Timeline.Events[len(m.Timeline.Events)-1].What; got != kept {
			t.Errorf("%q is told as %q, want %q", what, got, kept)
		}
	}
	if _, err := s.Providers().TakeSMS(t.Context(), "w", sms.Draft{From: "4242420000010017", To: "09000001001", Body: "x"}); err != nil {
		t.Fatal(err)
	}
	m, err := s.Snapshot(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range m.Timeline.Events {
		if strings.Contains(e.What, "4242420000010017") {
			t.Errorf("told: %s", e.What)
		}
	}
}

func TestAWorldIsNotNamedLikeACard(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]bool{
		"4242420000010017": true, "w-4242-4200-0001-0017": true, "w-4242420000010018": false, "run-20261128-140500": false, "1": false,
	} {
		if err := world.CheckName(name); errors.Is(err, world.ErrName) != wrong {
			t.Errorf("%s: %v", name, err)
		}
	}
}
