package control_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/passcode"
)

type message struct {
	ID, From, To, Body, Subject, Text, Encoding string
	Segments                                    int
	Passcode                                    *passcode.Passcode
	DeliveredAt                                 time.Time `json:"delivered_at"`
}

type messages struct {
	Messages []message
	Mails    []message
	UnderWay int `json:"under_way"`
}

func TestSMSAreListedByNumber(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	_, code := s.proceed("w", hanako)
	tests := map[string]struct {
		query string
		count int
	}{
		"all":                    {"", 1},
		"by national form":       {"?to=090-0000-1001", 1},
		"without hyphens":        {"?to=09000001001", 1},
		"by international form":  {"?to=%2B81-90-0000-1001", 1},
		"another's":              {"?to=090-0000-1002", 0},
		"one that is no number":  {"?to=hanako", 0},
		"an empty one means all": {"?to=", 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := s.in(t)
			var list messages
			s.call("GET", "/api/worlds/w/sms"+test.query, "", 200, &list)
			if len(list.Messages) != test.count || list.Messages == nil || list.UnderWay != 0 {
				t.Fatalf("%+v, want %d", list, test.count)
			}
			for _, m := range list.Messages {
				if m.Passcode == nil || m.Passcode.Code != code || !strings.Contains(m.Body, code) || m.Passcode.Superseded ||
					!m.Passcode.ExpiresAt.Equal(start.Add(10*time.Minute)) {
					t.Errorf("message %+v, passcode %+v, want code %s", m, m.Passcode, code)
				}
			}
		})
	}
}

func TestReissuedPasscodeSupersedesTheOneBefore(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, _ := s.proceed("w", hanako)
	s.machine.pass(time.Minute)
	s.step(s.service.Web().Reissue(context.Background(), "w", id))
	var list messages
	s.call("GET", "/api/worlds/w/sms", "", 200, &list)
	if len(list.Messages) != 2 || !list.Messages[0].Passcode.Superseded || list.Messages[1].Passcode.Superseded {
		t.Errorf("%+v", list)
	}
}

func TestSMSAreForgottenByNumberOrAtOnce(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	taro := hanako
	taro.CardNumber, taro.ExpiryMonth, taro.ExpiryYear, taro.SecurityCode, taro.NetAnswerID = "5555550000010027", "01", "33", "234", "taro2026"
	s.proceed("w", hanako)
	s.proceed("w", taro)
	s.call("DELETE", "/api/worlds/w/sms?to=090-0000-1001", "", 204, nil)
	var list messages
	s.call("GET", "/api/worlds/w/sms", "", 200, &list)
	if len(list.Messages) != 1 || list.Messages[0].To != "08000001002" {
		t.Errorf("left are %+v", list)
	}
	s.call("DELETE", "/api/worlds/w/sms", "", 204, nil)
	if s.call("GET", "/api/worlds/w/sms", "", 200, &list); len(list.Messages) != 0 {
		t.Errorf("left are %+v", list)
	}
}
