/* SPDX-License-Identifier: Apache-2.0 */
/* placeholder until the first source of this folder lands */
typedef int sync_placeholder;
