package codectest

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// taken are the texts of which the suite leaves the verdict to the reader and that are taken. The others are half a surrogate pair, not UTF-8, a mark of
// the byte order, or nested too deeply.
var taken = []string{
	"i_number_double_huge_neg_exp", "i_number_huge_exp", "i_number_neg_int_huge_exp", "i_number_pos_double_huge_exp", "i_number_real_neg_overflow",
	"i_number_real_pos_overflow", "i_number_real_underflow", "i_number_too_big_neg_int", "i_number_too_big_pos_int", "i_number_very_big_negative_int",
}

// Each text of the published suite, on its own, as an unknown member, as the value of a member and as a map, compared with the oracle; and the verdict
// of the suite itself.
func TestSuite(t *testing.T) {
	cases, err := Suite()
	require.NoError(t, err)
	require.Len(t, cases, 318)
	member, reply, report := target(t, "timgroup.GroupMember"), target(t, "timgroup.GetGroupInfoResponse"), target(t, "msdk.WXBattleReportRequest")
	for _, c := range cases {
		for _, text := range []string{c.Text, `{"Role":` + c.Text + `,"JoinTime":1}`, `{"AppMemberDefinedData":` + c.Text + `}`, `{"JoinTime":` + c.Text + `}`} {
			require.NoError(t, member.Check(text, ParseStd), c.Name)
		}
		require.NoError(t, reply.Check(`{"ErrorCode":0,"GroupInfo":[{"x":`+c.Text+`}]}`, ParseStd), c.Name)
		require.NoError(t, report.Check(c.Text, ParseStd), c.Name)

		err := member.New().UnmarshalJSON([]byte(`{"x":` + c.Text + `}`))
		switch c.Name[0] {
		case 'y':
			require.NoError(t, err, c.Name)
		case 'n':
			require.Error(t, err, c.Name)
		default:
			require.Equal(t, slices.Contains(taken, c.Name), err == nil, "%s: %v", c.Name, err)
		}
		require.False(t, strings.HasPrefix(c.Text, "{") && c.Name[0] == 'n' && member.New().UnmarshalJSON([]byte(c.Text)) == nil, c.Name)
	}
}
