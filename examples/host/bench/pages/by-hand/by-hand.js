// The baseline: the first view of the same page as somebody would write it for one product, with DOM calls and `fetch`.
const baseUrl = '/ai-cockpit-one/v1';
const titles = {
  profile: 'Profile',
  providers: 'Providers',
  'api-keys': 'API keys',
  documentation: 'Documentation',
  terms: 'Terms',
};
const labels = { loginName: 'Login name', firstName: 'First name', lastName: 'Last name', email: 'E-mail' };

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const call = async (path, options = {}) => {
  const answer = await fetch(baseUrl + path, options);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
};

const field = (name, label, value, { access, required }) => {
  const id = `field-${name}`;
  const input = make('input', { id, name, value, required, readOnly: access === 'read', maxLength: 100 });
  const note = access === 'read' ? 'Managed by your organization.' : '';
  return make(
    'div',
    { className: 'field' },
    make('label', { htmlFor: id, textContent: label }),
    input,
    make('p', { className: 'note', textContent: note }),
  );
};

const profileForm = (policy, profile) => {
  let { version } = profile;
  const { fields } = policy.profile;
  const status = make('span', { role: 'status' });
  const form = make(
    'form',
    {},
    ...Object.keys(labels)
      .filter((name) => fields[name].access !== 'hidden')
      .map((name) => field(name, labels[name], profile[name], fields[name])),
    ...(fields.role.access === 'hidden'
      ? []
      : [field('role', 'Role', policy.organization?.role ?? 'No role', fields.role)]),
    make('div', { className: 'actions' }, make('button', { textContent: 'Save' }), status),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = Object.entries(Object.fromEntries(new FormData(form))).filter(
      ([name, value]) => fields[name]?.access === 'edit' && value !== profile[name],
    );
    try {
      const saved = await call('/profile', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
        body: JSON.stringify(Object.fromEntries(typed)),
      });
      ({ version } = saved);
      status.textContent = 'Saved';
    } catch (error) {
      status.textContent = error.message;
    }
  });
  return form;
};

const tabs = (policy, profile) => {
  const panels = new Map();
  const bar = make('div', { className: 'bar', role: 'tablist' });
  const below = make('div', { className: 'panels' });
  const select = (selected) => {
    for (const [id, { tab, panel }] of panels) {
      tab.setAttribute('aria-selected', String(id === selected));
      panel.hidden = id !== selected;
    }
  };
  for (const { id, href } of policy.sections) {
    if (href) {
      bar.append(make('a', { href, target: '_blank', rel: 'noopener', textContent: titles[id] ?? id }));
      continue;
    }
    const tab = make('button', { type: 'button', role: 'tab', textContent: titles[id] ?? id });
    const panel = make('section', { hidden: true }, ...(id === 'profile' ? [profileForm(policy, profile)] : []));
    tab.addEventListener('click', () => select(id));
    panels.set(id, { tab, panel });
    bar.append(tab);
    below.append(panel);
  }
  select(policy.sections[0].id);
  return [bar, below];
};

const [policy, profile] = await Promise.all([call('/policy'), call('/profile')]);
document.querySelector('main').append(...tabs(policy, profile));
