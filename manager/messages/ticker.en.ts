export const EN_TICKER = {
  ticker: {
    title: 'On the displays today',
    hint: 'One line at the foot of every display, until the day ends. Everybody reads it: write nothing about a person.',
    none: 'Nothing besides the usual lines.',
    text: 'What customers should know',
    in: 'In {language}',
    show: 'Show it',
    full: 'There are 8 lines already. Take one away first.',
    shown: 'The displays show it now',
    remove: 'Take away: {text}',
    removed: 'Taken off the displays',
  },
  soundState: {
    name: 'Sound',
    on: 'on',
    chime: 'chime only, no voice',
    blocked: 'blocked by the browser',
    stalled: 'no sound comes out',
    quiet: 'quiet by settings',
  },
};
