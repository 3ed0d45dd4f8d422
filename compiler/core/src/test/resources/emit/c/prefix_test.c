/* SPDX-License-Identifier: Apache-2.0 */
/* Two files that each have a `Node`, in one C file: one of them has a prefix. */
#include "node.opv.h"
#include "prefix_user.opv.h"
#include "prefixed_node.opv.h"

#include "check.h"

static void each_has_its_own(void)
{
    struct node plain;
    struct acme_node node;
    struct acme_node *taken = NULL;
    struct acme_list_percpu *list = acme_list_alloc();
    CHECK(sizeof(plain) > 0);
    CHECK(list != NULL);
    CHECK(acme_list_push_on(list, 0, &node) == 0);
    CHECK(acme_list_slot(list, 0)->head == &node);
    CHECK(prefix_list_pop_on(list, 0, &taken) == PREFIX_LIST_POP_COMMITTED);
    CHECK(taken == &node);
    CHECK(prefix_list_pop_on(list, 0, &taken) == PREFIX_LIST_POP_EMPTY);
    acme_list_free(list);
}

static void whatever_belongs_to_no_struct_has_the_prefix_and_the_file(void)
{
    uint64_t step = 0;
    uint64_t counter = ACME_PREFIXED_NODE_LEAST;
    struct prefix_marked marked = {0};
    CHECK(acme_prefixed_node_bump(0, &counter, &step) == ACME_PREFIXED_NODE_BUMP_LEAST_OF_ALL);
    counter = 7;
    CHECK(acme_prefixed_node_bump(0, &counter, &step) == ACME_PREFIXED_NODE_BUMP_COMMITTED);
    CHECK(counter == 8 && step == 4);
    CHECK(prefix_prefix_user_prefix(0, &marked, 9) == 0);
    CHECK(marked.prefix == 9);
}

int main(void)
{
    each_has_its_own();
    whatever_belongs_to_no_struct_has_the_prefix_and_the_file();
    return 0;
}
