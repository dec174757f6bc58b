package e2e

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// Facts of the documents, typed by hand from the pages and not read from the specs: with them a slip in a spec is seen, which a
// regeneration would carry over without a word. What the generated code makes of them is tested through calls.

// lookUps change nothing: a failed one may be sent a second time.
var lookUps = strings.Fields(`
	verify_login check_token guest_check_token apple_verify get_pfval
	qqprofile qqfriends_detail qq_unreg_friends qqstrange_profile qqfriends_vip get_vip_rich_info
	get_groupinfov2 get_group_listv2 query_bind_unionv2 get_groupcode
	wxfriends wxprofile wxfriends_profile wxuserinfo wxget_groupinfo wxget_groupstatus
	query_vip get_wifi get_xinyue_super get_wx_xinyue_vip wxget_vip subscribe_getlist wxget_eliteinfo
	freeflow_getinfo freeflow_get_ccinfo
	get_group_rela_info get_group_list get_group_info`)

// effects create, send, report, take or remove something: they are never sent twice, whatever the code. get_gift empties the bag,
// subscribe_push reaches every subscriber, and nobody says that the flag of a first login survives being read.
var effects = strings.Fields(`
	createbind_groupv2 join_groupv2 unlink_groupv2 bind_existing_groupv2 remind_leader_bindv2 send_groupmsg wxunlink_group wxsend_groupmsg
	get_gift qqscore_batch wxbattle_report subscribe_setlist subscribe_push subscribe_clear share_qq share_qqark
	create_bind_group join_group unbind_group bind_existing_group remind_leader_bind send_group_msg
	qqget_first_reg wxget_first_reg`)

// codes are the vendor's tables, "result code retry": the codes of v3 stand on the facts page and 1 is "nothing was found".
var codes = map[string]struct{ once, never []int }{
	"v3": {
		once:  []int{-307, -308, -309, -310, -312, -601, -701, -702, -2001, -2002, -2003, -2004, -2005, -2006, -2007, -2008, -2009},
		never: []int{1, -303, -304, -311, -501, -502, -503, -504, -505, -506, -801, -901, -1011, -10000, -20000},
	},
	"v5":  {never: []int{-2, 1003, 1004, 1005, 1006, 1007, 1008, 1200, 10006}},
	"tim": {once: []int{10002, 10003}, never: []int{10004, 10007, 10010, 10015, 10018, 70001, 70003, 70009}},
}

// messageCalls name the text of a result message, where the others of v3 name it msg.
var messageCalls = strings.Fields(`
	createbind_groupv2 get_groupinfov2 join_groupv2 unlink_groupv2 get_group_listv2 bind_existing_groupv2 remind_leader_bindv2 query_bind_unionv2
	get_groupcode send_groupmsg`)

// takes are effects that read what they take, so that they too can find nothing: an empty bag, no first login.
var takes = strings.Fields(`get_gift qqget_first_reg wxget_first_reg`)

// finds tells the calls of v3 whose answer can be that there is nothing. To a login check, every code but 0 is a failure.
func finds(o operation) bool {
	return o.tag != "Login" && o.tag != "Group" && o.tag != "IM" && (slices.Contains(lookUps, o.name) || slices.Contains(takes, o.name))
}

// resultOf is how the page of an operation has its answers judged.
func resultOf(o operation) string {
	switch o.tag {
	case "Group":
		return "v5"
	case "IM":
		return "tim"
	case "Login":
		return "v3Login"
	}
	name := "v3"
	if o.name == "wxget_groupinfo" { // the table has message, the example msg
		return "v3AnyMessage"
	}
	if slices.Contains(messageCalls, o.name) {
		name += "Message"
	}
	if !finds(o) {
		name += "Action"
	}
	return name
}

// answerWith is an answer with a code, in the words of every result.
func answerWith(code int) string {
	return fmt.Sprintf(`{"ret":%d,"msg":"x","message":"x","ActionStatus":"OK","ErrorCode":%d,"ErrorInfo":"x"}`, code, code)
}

// specOperation finds an operation by its id; get_group_info is in both documents.
func specOperation(t *testing.T, o operation) map[string]any {
	t.Helper()
	file := "msdk.yaml"
	if o.tag == "IM" {
		file = "timgroup.yaml"
	}
	id, _, _ := strings.Cut(o.name, "/")
	var found map[string]any
	specOperations(specs()[file], func(_, _ string, operation map[string]any) {
		if operation["operationId"] == id {
			found = operation
		}
	})
	require.NotNil(t, found, o.name)
	return found
}

func TestOperationsHoldTheFactsOfTheirPages(t *testing.T) {
	ids := map[string]bool{}
	for _, o := range operations() {
		id, _, _ := strings.Cut(o.name, "/")
		ids[id] = true
		operation := specOperation(t, o)
		isLookUp, isEffect := slices.Contains(lookUps, id), slices.Contains(effects, id)
		require.NotEqual(t, isLookUp, isEffect, "%s has to be in one of the tables", id)
		require.Equal(t, isLookUp, operation["x-msdk-repeatable"], id)
		require.Equal(t, resultOf(o), operation["x-msdk-result"], id)
		limit := any(3100)
		if o.tag == "IM" {
			limit = nil
		}
		require.Equal(t, limit, operation["x-msdk-timeout"], id)
	}
	require.Len(t, ids, len(lookUps)+len(effects))
}

func TestCodesHoldTheFactsOfTheirPages(t *testing.T) {
	for name, facts := range codes {
		file := specFile(name)
		result := at(specs()[file], "x-msdk-results", name)
		var once, never []int
		for _, e := range at(result, "errors").([]any) {
			if code := at(e, "code").(int); at(e, "retry") == true {
				once = append(once, code)
			} else {
				never = append(never, code)
			}
		}
		require.ElementsMatch(t, facts.once, once, name)
		require.ElementsMatch(t, facts.never, never, name)
		require.Equal(t, []any{0}, at(result, "success"), name)
	}
	v3 := at(specs()["msdk.yaml"], "x-msdk-results", "v3")
	require.Equal(t, []any{1}, at(v3, "empty"))
	require.Equal(t, map[any]any{-10000: "qq", -20000: "wechat"}, at(v3, "wrapped"))
	require.Nil(t, at(specs()["msdk.yaml"], "x-msdk-results", "v5", "empty"))
}

// line is a connection that answers everything with one text and looks at the requests.
type line struct {
	status int
	answer string
	seen   []*http.Request
}

func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	l.seen = append(l.seen, r)
	return &http.Response{StatusCode: l.status, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(l.answer))}, nil
}

// attempts makes one call, of which each attempt gets the same answer, and counts the attempts. The number of retries is the default.
func attempts(t *testing.T, o operation, status int, answer string) int {
	t.Helper()
	l := &line{status: status, answer: answer}
	s := setting{server: "http://127.0.0.1:1", app: o.app, now: unix(t, "1600000000"), client: &http.Client{Transport: l}}
	_, err := o.send(t.Context(), s, requestOf(t, o))
	require.Error(t, err)
	return len(l.seen)
}

// A look-up is sent once more after a failure that may pass, an effect never. Calls wait before they repeat, hence side by side.
func TestRepetition(t *testing.T) {
	for _, o := range operations() {
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			id, _, _ := strings.Cut(o.name, "/")
			want := 1
			if slices.Contains(lookUps, id) {
				want = 2
			}
			require.Equal(t, want, attempts(t, o, http.StatusBadGateway, "<html>"))
			if o.tag != "Group" && o.tag != "IM" {
				require.Equal(t, want, attempts(t, o, http.StatusOK, answerWith(-2001)))
			}
		})
	}
	for result, facts := range codes {
		o := operationNamed(t, map[string]string{"v3": "verify_login", "v5": "get_group_list", "tim": "get_group_info"}[result])
		for _, code := range slices.Concat(facts.once, facts.never) {
			t.Run(fmt.Sprintf("%s/%d", result, code), func(t *testing.T) {
				t.Parallel()
				want := 1
				if slices.Contains(facts.once, code) {
					want = 2
				}
				require.Equal(t, want, attempts(t, o, http.StatusOK, answerWith(code)))
			})
		}
	}
}

// An attempt of MSDK has the 3100 ms of the vendor and 900 more.
func TestTimeLimits(t *testing.T) {
	for _, o := range operations() {
		if o.tag == "IM" {
			continue // its page names no limit
		}
		l := &line{status: http.StatusOK, answer: answerWith(0)}
		s := setting{server: "http://127.0.0.1:1", app: o.app, now: unix(t, "1600000000"), client: &http.Client{Transport: l}}
		before := time.Now()
		_, err := o.send(t.Context(), s, requestOf(t, o))
		after := time.Now()
		require.NoError(t, err, o.name)
		require.Len(t, l.seen, 1)
		end, limited := l.seen[0].Context().Deadline()
		require.True(t, limited, o.name)
		require.False(t, end.Before(before.Add(4*time.Second)), "%s: %s", o.name, end.Sub(before))
		require.False(t, end.After(after.Add(4*time.Second)), "%s: %s", o.name, end.Sub(after))
	}
}

// A look-up that finds nothing has an answer. With the same code, a login check has failed, and so has a call that does something.
func TestEmptyAnswers(t *testing.T) {
	answered, logins := 0, 0
	for _, o := range operations() {
		l := &line{status: http.StatusOK, answer: answerWith(1)}
		s := setting{server: "http://127.0.0.1:1", app: o.app, now: unix(t, "1600000000"), client: &http.Client{Transport: l}}
		_, err := o.send(t.Context(), s, requestOf(t, o))
		if finds(o) {
			require.NoError(t, err, o.name)
			answered++
			continue
		}
		if o.tag == "IM" {
			var failure *timgroup.Error
			require.ErrorAs(t, err, &failure, o.name)
			continue
		}
		var failure *msdk.Error
		require.ErrorAs(t, err, &failure, o.name)
		require.Equal(t, msdk.Code(1), failure.Code)
		require.Equal(t, "x", failure.Message)
		require.False(t, failure.Retryable())
		if o.tag == "Login" {
			logins++
		}
	}
	require.Equal(t, 5, logins)
	require.Equal(t, 28, answered)
}
