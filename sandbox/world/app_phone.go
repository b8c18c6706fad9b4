package world

import (
	"context"
	"fmt"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// A Phone is an emulated smartphone: which kind it is, when its store began to
// install the app, and which registration the app on it goes on with. Locking
// it, leaving the app and starting the app again change nothing of it (p14-1).
type Phone struct {
	ID             string              `json:"id"`
	Device         registration.Device `json:"device"`
	InstallingFrom time.Time           `json:"installing_from"`
	RegistrationID string              `json:"registration_id,omitempty"` // "" before 「新規登録・再登録」
}

// Installed tells how much of the app is installed at a moment, from 0 to 1,
// and whether it can be opened (p7-2, p8-2).
func (p Phone) Installed(m Snapshot) (part float64, whole bool) {
	if p.ID == "" {
		return 0, false
	}
	part = float64(m.Now.Sub(p.InstallingFrom)) / float64(m.Policy.AppInstallDuration.Of())
	return min(max(part, 0), 1), part >= 1
}

// Phone returns the smartphone of that id as it is now; the zero Phone
// where there is none, which is one that the app was never installed on.
func (s App) Phone(ctx context.Context, world, id string) (Phone, Snapshot, error) {
	m, err := s.Snapshot(ctx, world)
	if err != nil {
		return Phone{}, m, err
	}
	p, _ := m.Phones.Get(id)
	return p, m, nil
}

// Install begins to install the app from the store of the device (p7-1, p8-1),
// on the smartphone of that id; where there is none, or it is one of another
// kind, on a new one. Installing twice goes on with the first.
func (s App) Install(ctx context.Context, world, id string, d registration.Device) (Phone, error) {
	if !d.Known() {
		return Phone{}, fmt.Errorf("%w: there is no device %q", ErrRequest, d)
	}
	fresh := s.source.ID()
	var phone Phone
	_, err := s.update(ctx, world, func(st *State, now time.Time) error {
		if p, ok := st.Phones.Get(id); ok && p.Device == d {
			phone = p
			return nil
		}
		if st.Phones.Len() >= s.bounds.Journeys {
			return fmt.Errorf("%w: %d smartphones in this one", ErrWorlds, s.bounds.Journeys)
		}
		phone = Phone{ID: fresh, Device: d, InstallingFrom: now}
		st.Phones.Put(phone.ID, phone)
		st.Timeline.add(now, "app", "セゾンPortalのインストールを始めました（"+deviceNames[d]+"）", phone.ID)
		return nil
	})
	return phone, err
}

var deviceNames = map[registration.Device]string{registration.IPhone: "iPhone", registration.Android: "Android"}

// Hold makes a registration the one that the app on a smartphone goes on with.
func (s App) Hold(ctx context.Context, world, phoneID, registrationID string) error {
	_, err := s.update(ctx, world, func(st *State, _ time.Time) error {
		p, ok := st.Phones.Get(phoneID)
		if !ok {
			return fmt.Errorf("%w: there is no such smartphone", ErrRequest)
		}
		p.RegistrationID = registrationID
		st.Phones.Put(phoneID, p)
		return nil
	})
	return err
}
