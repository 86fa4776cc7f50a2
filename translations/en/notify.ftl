# Mail: what is wrong with an address.

mail-address-missing = Enter your e-mail address.
mail-address-at = The address should look like name@example.com. Check that you have written all of it.
mail-address-space = The address may not hold spaces or line breaks. Enter one address and nothing else.
mail-address-letters = There are characters before the @ that we cannot send to, such as å, ä or ö. Enter another address.
mail-address-wrong = Something before the @ cannot be part of an address. Check the spelling.
mail-address-domain = What stands after the @ is not an address that can be sent to. Check the spelling.
mail-address-long = The address is too long. Check that you have entered one address only.
