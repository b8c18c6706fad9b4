package provision_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	browser "example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/provision/provisiontest"
	"example.com/netanswer/test/provision"
)

func TestSetupOfClients(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	c.Packages["libnet-ssleay-perl"] = nil
	c.Packages["swaks"], c.Packages["python3"], c.Packages["curl"] = []string{"swaks"}, []string{"python3"}, []string{"curl"}
	run := func() (provision.Clients, []string) {
		var out bytes.Buffer
		got, err := provision.SetupClients(t.Context(), &out, c.Options(true))
		if err != nil {
			t.Fatal(err)
		}
		return got, strings.Split(strings.TrimSpace(strings.ReplaceAll(out.String(), c.Root, "~")), "\n")
	}
	const where = "npm twilio 6.2.0, smpp 0.5.1, nodemailer 10.6.1 and imapflow 2.10.2 in ~/cache/clients-twilio-6.2.0-smpp-0.5.1-nodemailer-10.6.1-imapflow-2.10.2/node_modules"
	const tools = "~/bin/swaks, ~/bin/python3, ~/bin/curl"
	got, lines := run()
	want := []string{"clients  installing npm twilio@6.2.0 smpp@0.5.1 nodemailer@10.6.1 imapflow@2.10.2 …", "clients  installed  " + where,
		"mailers  apt-get install swaks libnet-ssleay-perl python3 curl …", "mailers  installed  " + tools}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	found, err := provision.FindClients(c.Options(true))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, found); diff != "" {
		t.Errorf("found differs from set up (-setup +find):\n%s", diff)
	}
	if _, lines = run(); len(lines) != 2 || lines[0] != "clients  found      "+where || lines[1] != "mailers  found      "+tools {
		t.Errorf("a second run says %q", lines)
	}
}

func TestClientsThatAreMissingAreNamed(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "curl")
	var out bytes.Buffer
	_, err := provision.SetupClients(t.Context(), &out, c.Options(false))
	var missing *browser.MissingError
	if !errors.As(err, &missing) || missing.Item != "mailers" ||
		!strings.Contains(err.Error(), "apt-get install -y swaks libnet-ssleay-perl python3 curl") {
		t.Errorf("%v", err)
	}
	found, err := provision.FindClients(c.Options(false))
	if err == nil || found.Curl == "" || found.Swaks != "" || found.Modules == "" {
		t.Errorf("%+v %v", found, err)
	}
}
